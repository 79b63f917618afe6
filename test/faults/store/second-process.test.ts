import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockHolder } from '../../../src/ground/store/index.ts'
import { dataFolder, testFolder } from '../../support/store.ts'
import { event, freePort, lines, type Run, type Server, startCommand, startServer, throughline } from '../../support/throughline.ts'

/** RACES=20 tries more. */
const RACES = Number(process.env.RACES ?? 4)

let data: string
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ folder: data, remove } = await dataFolder())
})
afterAll(() => remove())

describe('while a server holds the data folder', () => {
  let server: Server
  beforeAll(async () => {
    server = await startServer({ data })
  })
  afterAll(() => server.stop())

  test('a second server is refused and told who holds it and where to reach it; the first goes on', async () => {
    const port = await freePort()
    const second = await throughline(['serve', '--empty'], { data, env: { PORT: String(port) } })
    expect(second.code).toBe(2)
    expect(second.err).toContain(`process ${server.child.pid} on `)
    expect(second.err).toContain(`It answers at ${server.url}`)
    expect(await (await server.post(lines([event('first goes on')]))).json()).toMatchObject({ accepted: 1 })
  })

  test('a second server on the same port is refused for the folder, not for the port', async () => {
    const second = await throughline(['serve', '--empty'], { data, env: { PORT: String(server.port) } })
    expect([second.code, second.err]).toEqual([2, expect.stringContaining('store.locked')])
  })

  test('a command goes through the server, and restore, which cannot, is refused', async () => {
    const imported = await throughline(['import', '-', '--json'], { data, stdin: lines([event('through the server')]) })
    expect(JSON.parse(imported.out), imported.err).toMatchObject({ accepted: 1 })
    expect((await fetch(`${server.url}/api/records/event:faults/${encodeURIComponent('through the server')}`)).status).toBe(200)
    const made = await testFolder()
    const backup = await throughline(['backup', `${made.folder}/copy.backup`], { data })
    expect(backup.code, backup.err).toBe(0)
    const restored = await throughline(['restore', `${made.folder}/copy.backup`, '--force', '--json'], { data })
    expect([restored.code, JSON.parse(restored.out)]).toMatchObject([
      2,
      { error: { code: 'store.locked', fix: expect.stringContaining(server.url) } },
    ])
    await made.remove()
  })
})

describe('while a command holds the data folder', () => {
  test('a server and another command are refused and told which process to wait for', async () => {
    const first = startCommand(['import', '-'], { data, stdin: 'open' })
    await expect.poll(() => lockHolder(data), { timeout: 60_000, interval: 50 }).toMatchObject({ pid: first.child.pid, address: null })
    const others = await Promise.all([
      throughline(['serve', '--empty', '--json'], { data, env: { PORT: String(await freePort()) } }),
      throughline(['import', '-', '--json'], { data, stdin: lines([event('refused')]) }),
    ])
    for (const other of others)
      expect([other.code, JSON.parse(other.out)]).toMatchObject([
        2,
        {
          error: {
            code: 'store.locked',
            message: expect.stringContaining(`process ${first.child.pid}`),
            fix: expect.stringContaining('Wait until it is done'),
          },
        },
      ])
    first.child.stdin!.end(lines([event('kept')]))
    expect(await first.ended).toMatchObject({ code: 0, out: expect.stringContaining('1 accepted') })
  })
})

test(
  `of two that start at once, ${RACES} times, exactly one gets the folder, and the other is refused or goes through it`,
  { timeout: 600_000 },
  async () => {
    const acknowledged: string[] = []
    for (let race = 0; race < RACES; race += 1) {
      const server =
        race % 5 === 0 ? startCommand(['serve', '--empty', '--json'], { data, env: { PORT: String(await freePort()) } }) : undefined
      const started = (server ? [0] : [0, 1]).map((n) => {
        const id = `race-${race}-${n}`
        const running = startCommand(['import', '-', '--json'], { data, stdin: lines([event(id)]) })
        return { id, ended: running.ended }
      })
      let kept = 0
      for (const { id, ended } of started) {
        const run: Run = await ended
        const told = JSON.parse(run.out) as { accepted?: number; error?: { code: string; message: string; fix: string } }
        if (run.code === 0) {
          expect(told).toMatchObject({ accepted: 1 })
          acknowledged.push(id)
          kept += 1
        } else
          expect(told, run.err).toMatchObject({
            error: { code: 'store.locked', message: expect.stringMatching(/in use by process \d+ on /) },
          })
      }
      if (server) {
        server.child.kill('SIGTERM')
        const { code, out } = await server.ended
        // Either it was refused, or it served the command, or it came when the command was done.
        if (code === 2) expect(JSON.parse(out)).toMatchObject({ error: { code: 'store.locked' } })
        expect(kept).toBe(1)
      } else expect(kept).toBeGreaterThanOrEqual(1)
    }
    const all = await throughline(['import', '-', '--json'], { data, stdin: lines(acknowledged.map((id) => event(id))) })
    expect(JSON.parse(all.out), all.err).toMatchObject({ accepted: 0, duplicates: acknowledged.length })
  },
)
