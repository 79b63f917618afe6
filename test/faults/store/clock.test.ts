import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder } from '../../support/store.ts'
import { event, lines, type Server, startServer } from '../../support/throughline.ts'

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR

interface Told {
  revisions: { learnedFrom: string; learnedTo: string | null; state: { data: number } }[]
}

test('while the machine’s clock jumps back and forth, also over restarts, what is learned is learned in order', async () => {
  const { folder: data, remove } = await dataFolder()
  const shift = join(data, '..', `${data.split('/').at(-1)}.clock`)
  const set = (milliseconds: number) => writeFileSync(shift, String(milliseconds))
  set(0)
  const how = { data, env: { SHIFT_CLOCK: shift }, nodeArgs: ['--import', new URL('../../support/shift-clock.ts', import.meta.url).href] }
  let server: Server = await startServer(how)
  const jumps = [0, 2 * HOUR, -3 * HOUR, 24 * HOUR, -YEAR, 0, YEAR, -YEAR]
  for (const [n, jump] of jumps.entries()) {
    set(jump)
    if (n % 3 === 2) {
      await server.kill()
      server = await startServer(how)
    }
    const said = event('jumping', { at: new Date(Date.parse('2026-05-04T10:00:00Z') + n * 1000).toISOString(), data: n })
    expect(await (await server.post(lines([said]))).json()).toMatchObject({ accepted: n === 0 ? 1 : 0, revised: n === 0 ? 0 : 1 })
  }
  const { revisions } = await server.get<Told>('/api/records/event:faults/jumping')
  expect(revisions.map(({ state }) => state.data)).toEqual(jumps.map((_, n) => n))
  for (const [n, { learnedFrom, learnedTo }] of revisions.entries()) {
    if (n > 0) expect(Date.parse(learnedFrom)).toBeGreaterThan(Date.parse(revisions[n - 1]!.learnedFrom))
    expect(learnedTo).toBe(revisions[n + 1]?.learnedFrom ?? null) // one state at every moment, no gap and no overlap
  }
  await server.stop()
  await remove()
})

test('events from the beginning of time, its end and beyond are kept, or refused with what can be written', async () => {
  const { folder: data, remove } = await dataFolder()
  const server = await startServer({ data })
  const moments = ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2999-01-01T00:00:00+14:00']
  const wrong = [
    '0000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '+012026-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    0,
    1e99,
  ]
  const before = await server.get<{ claims: unknown[] }>('/api/brief')
  const answer = (await (await server.post(lines([...moments, ...wrong].map((at, n) => event(`moment-${n}`, { at }))))).json()) as {
    problems: { line: number; message: string; fix: string }[]
  }
  expect(answer).toMatchObject({ accepted: moments.length, rejected: wrong.length })
  expect(answer.problems.map(({ line }) => line)).toEqual(wrong.map((_, n) => moments.length + n + 1))
  for (const { message, fix } of answer.problems) expect([message, fix]).toEqual([expect.stringContaining('"at"'), expect.any(String)])
  expect((await server.get<{ claims: unknown[] }>('/api/brief')).claims).toHaveLength(before.claims.length)
  expect((await fetch(`${server.url}/api/delivery`)).status).toBe(200)
  await server.stop()
  await remove()
})
