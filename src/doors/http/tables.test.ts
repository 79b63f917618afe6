import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openThroughline, type Throughline } from '../../main.ts'
import { dataFolder } from '../../../test/support/store.ts'

let throughline: Throughline
let server: Server
let url: string
let remove: () => Promise<void>
beforeAll(async () => {
  const made = await dataFolder()
  remove = made.remove
  throughline = await openThroughline({ store: { folder: made.folder }, secret: Buffer.alloc(32) })
  await new Promise<void>((ready) => {
    server = serve({ fetch: throughline.app.fetch, hostname: '127.0.0.1', port: 0 }, () => ready()) as Server
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  await throughline.close()
  await remove()
})

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(url + path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return { status: response.status, told: (await response.json()) as Record<string, unknown> }
}
const upload = async (query: string, body: string | Uint8Array<ArrayBuffer>) => {
  const response = await fetch(`${url}/api/tables?${query}`, { method: 'POST', body })
  return { status: response.status, told: (await response.json()) as Record<string, unknown> }
}

const text = 'Nr;Title;Opened;Service\n1;Down;04.05.2026 10:00;shop\n2;Slow;31.02.2026 10:00;shop\n3;Gone;05.05.2026 10:00;desk\n'
const head = Buffer.from(text).toString('base64')
const mapping = {
  name: 'desk',
  kind: 'incident',
  zone: 'Europe/Berlin',
  fields: { id: 'Nr', title: 'Title', openedAt: { column: 'Opened', time: 'd.M.yyyy H:mm' }, subject: 'Service' },
}

test('a beginning of a file is previewed; a mapping is kept; the file is taken by it, and taken again it is all known', async () => {
  const guessed = await ask('POST', '/api/tables/preview', { file: 'desk.csv', head, whole: true })
  expect(guessed).toMatchObject({
    status: 200,
    told: { mappingFrom: 'guessed', mapping: { name: 'desk', kind: 'incident' }, sample: { rows: 3, refused: 1 } },
  })
  expect(await ask('GET', '/api/imports')).toMatchObject({ told: { imports: [] } }) // nothing is written
  expect((await ask('PUT', '/api/mappings/desk', { mapping })).status).toBe(200)
  expect(await upload('mapping=desk&file=desk.csv&fingerprint=a', text)).toMatchObject({
    status: 200,
    told: { rows: 3, accepted: 2, rejected: 1, problems: [{ code: 'table.not_a_time', line: 3, path: 'Opened', file: 'desk.csv' }] },
  })
  expect(await upload('mapping=desk&file=desk.csv', new Uint8Array(gzipSync(text)))).toMatchObject({
    told: { accepted: 0, duplicates: 2, rejected: 1 },
  })
  const again = await ask('POST', '/api/tables/preview', { file: 'june.csv', head, whole: true, mapping: { ...mapping, columns: ['Nr'] } })
  expect(again.told).toMatchObject({ mappingFrom: 'given' })
})

test('a refused row is read again by the mapping as it is kept now', async () => {
  const { told } = await ask('GET', '/api/rejects')
  const [reject] = told.rejects as { id: number }[]
  expect(told).toMatchObject({ total: 1, rejects: [{ code: 'table.not_a_time', line: 3 }] })
  expect(await ask('POST', '/api/rejects/retry', { id: reject!.id })).toMatchObject({ told: { accepted: 0, rejected: 1 } })
  const fields = { ...mapping.fields, openedAt: { value: '2026-05-04T08:00:00Z' } }
  await ask('PUT', '/api/mappings/desk', { mapping: { ...mapping, fields } })
  expect(await ask('POST', '/api/rejects/retry', { id: reject!.id })).toMatchObject({ told: { accepted: 1, rejected: 0 } })
  expect(await ask('GET', '/api/records/incident:desk%2F2')).toMatchObject({ status: 200 })
})

test('a mapping that was forgotten, was never kept, or is wrong is refused; so is a body that is no table', async () => {
  expect(await upload('mapping=nobody&file=x.csv', text)).toMatchObject({ status: 404, told: { code: 'mapping.unknown' } })
  expect(await upload('file=x.csv', text)).toMatchObject({ status: 404 })
  expect(await upload('mapping=desk', '')).toMatchObject({ status: 400, told: { code: 'table.empty' } })
  expect(await upload('mapping=desk', 'PK\u0003\u0004…')).toMatchObject({ status: 400, told: { code: 'table.workbook' } })
  expect(await upload('mapping=desk', 'a;b\n1;2\n')).toMatchObject({ status: 422, told: { rejected: 1, accepted: 0 } })
  expect(await ask('PUT', '/api/mappings/x', { mapping: { ...mapping, fields: { titel: 'T' } } })).toMatchObject({
    status: 400,
    told: { code: 'mapping.unknown_field' },
  })
  expect(await ask('POST', '/api/tables/preview', { file: 'x', head: 'not base64!', whole: true })).toMatchObject({ status: 400 })
  expect(await ask('POST', '/api/tables/preview', { file: 'x', head: Buffer.alloc(3_000_000, 'a,b\n').toString('base64') })).toMatchObject({
    status: 413,
  })
  expect((await ask('DELETE', '/api/mappings/desk')).status).toBe(200)
  expect((await ask('DELETE', '/api/mappings/desk')).status).toBe(404)
})
