import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const port = 4700 + (process.pid % 200)
const base = `http://127.0.0.1:${port}`
const folder = mkdtempSync(join(tmpdir(), 'throughline-faults-'))
let server: ChildProcess

beforeAll(async () => {
  server = spawn(process.execPath, [join(import.meta.dirname, '../../../src/doors/cli/index.ts'), 'serve', '--empty'], {
    env: { ...process.env, PORT: String(port), THROUGHLINE_DATA: folder },
    stdio: 'ignore',
  })
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if ((await fetch(`${base}/readyz`).catch(() => null))?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server did not become ready')
})
afterAll(async () => {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.on('exit', resolve))
  rmSync(folder, { recursive: true, force: true })
})

const post = (body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) =>
  fetch(`${base}/api/evidence`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    body,
    duplex: 'half',
  } as RequestInit)
const good = (id: string) =>
  JSON.stringify({
    kind: 'event',
    source: 'faults',
    id,
    subject: 'component:default/shop',
    at: '2026-05-04T10:00:00Z',
    type: 'test',
    data: { id },
  })
const alive = async () => expect((await fetch(`${base}/readyz`)).status).toBe(200)

test('a line of 100 MB is rejected without stopping the server, and the lines around it are kept', async () => {
  const piece = 'x'.repeat(1024 * 1024)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const encoder = new TextEncoder()
      if (sent === 0) controller.enqueue(encoder.encode(`${good('before')}\n{"kind":"event","data":"`))
      if (sent < 100) controller.enqueue(encoder.encode(piece))
      else {
        controller.enqueue(encoder.encode(`"}\n${good('after')}\n`))
        controller.close()
      }
      sent += 1
    },
  })
  const answer = (await (await post(body)).json()) as { accepted: number; rejected: number; problems: { line: number; message: string }[] }
  expect(answer).toMatchObject({ accepted: 2, rejected: 1 })
  expect(answer.problems[0]).toMatchObject({ line: 2 })
  await alive()
})

test('JSON nested a hundred thousand deep is rejected with its line', async () => {
  const answer = (await (await post(`{"kind":"event","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`)).json()) as {
    rejected: number
    problems: { line: number }[]
  }
  expect(answer).toMatchObject({ rejected: 1, problems: [expect.objectContaining({ line: 1 })] })
  await alive()
})

test('bytes that are no UTF-8 are rejected with their line', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${good('utf8')}\n{"kind":"event","id":"`),
    Buffer.from([0xff, 0xfe, 0x80]),
    Buffer.from('"}\n'),
  ])
  expect(await (await post(bytes)).json()).toMatchObject({ accepted: 1, rejected: 1, problems: [expect.objectContaining({ line: 2 })] })
})

test('a body that is cut off leaves whole lines kept and nothing half-written', async () => {
  const answer = await (await post(`${good('whole')}\n${good('cut').slice(0, 40)}`)).json()
  expect(answer).toMatchObject({ accepted: 1, rejected: 1 })
})

test('keys that would reach into the program are data like any other', async () => {
  const line = good('proto').replace('"data":', '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"data":')
  await post(`${line}\n`)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  await alive()
})

test('an ordinary operation refuses a body over its limit', async () => {
  const response = await fetch(`${base}/api/suggestions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: 'x'.repeat(2_000_000) }),
  })
  expect(response.status).toBe(413)
  await alive()
})

test('a record from a clock that jumped to the year 2999 is kept and does not hide today', async () => {
  const line = good('future').replace('2026-05-04T10:00:00Z', '2999-01-01T00:00:00Z')
  expect(await (await post(`${line}\n`)).json()).toMatchObject({ accepted: 1 })
  await alive()
})
