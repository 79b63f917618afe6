import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openStore, sql } from '../../../src/ground/store/index.ts'
import { Sender } from '../../support/sender.ts'
import { dataFolder, testFolder } from '../../support/store.ts'
import { event, freePort, lines, type Running, startCommand, startServer, throughline } from '../../support/throughline.ts'

/** KILLS=20 tries more. */
const SERVER_KILLS = Number(process.env.KILLS ?? 5)
const COMMAND_KILLS = 3
const CONNECTIONS = 3
const LINES = 50_000

interface Counts {
  accepted: number
  revised: number
  duplicates: number
  rejected: number
}

/** Resolves when an import says that its first batch was kept, or ends. */
function firstBatch({ child, ended }: Running): Promise<void> {
  return new Promise((done) => {
    child.stderr!.on('data', (piece: Buffer) => piece.includes('Importing') && done())
    void ended.then(() => done())
  })
}

test(
  `killed ${SERVER_KILLS + COMMAND_KILLS} times while it takes posts and imports, every acknowledged line is there, once`,
  { timeout: 600_000 },
  async () => {
    const { folder: data, remove } = await dataFolder()
    const files = await testFolder()
    const file = join(files.folder, 'large.ndjson')
    writeFileSync(file, lines(Array.from({ length: LINES }, (_, n) => event(`line-${n}`, { source: 'file' }))))
    const importing = () => startCommand(['import', file, '--json'], { data })
    const runs: Counts[] = []
    const note = (run: { code: number | null; out: string; err: string }) => {
      if (run.code === 0) runs.push(JSON.parse(run.out) as Counts)
      else if (run.code !== null) {
        // Its server was killed: it says what happened and what to do.
        expect(run.code, run.err).toBe(2)
        expect(JSON.parse(run.out)).toMatchObject({ error: { code: 'cli.unreachable', fix: expect.stringContaining('again') } })
      }
    }

    const port = await freePort()
    const senders = Array.from({ length: CONNECTIONS }, (_, n) => new Sender(`posted-${n}`))
    for (let kill = 0; kill < SERVER_KILLS; kill += 1) {
      const server = await startServer({ data, port })
      const byImport = importing()
      const enough = Promise.withResolvers<void>()
      let answers = 0
      const sending = senders.map((sender) =>
        sender.send(server, {
          onAcknowledged() {
            answers += 1
            if (answers >= 1 + ((kill * 7) % 11)) enough.resolve()
          },
        }),
      )
      await Promise.all([enough.promise, firstBatch(byImport)])
      await after((kill * 37) % 150)
      expect((await server.kill()).code).toBeNull()
      await Promise.all(sending)
      note(await byImport.ended)
    }

    for (let kill = 0; kill < COMMAND_KILLS; kill += 1) {
      const inProcess = importing()
      await firstBatch(inProcess)
      await after((kill * 61) % 250)
      inProcess.child.kill('SIGKILL')
      note(await inProcess.ended)
    }

    note(await importing().ended)
    const again = await throughline(['import', file, '--json'], { data })
    expect(JSON.parse(again.out), again.err).toMatchObject({ accepted: 0, revised: 0, duplicates: LINES, rejected: 0 })

    const store = await openStore({ folder: data })
    const rows = await store.query<{ source: string; id: string; times: number }>(
      sql`select source, id, count(*) as times from evidence_event where learned_to = 'infinity' group by source, id`,
    )
    const imports = await store.query<{ accepted: number; duplicates: number; done: number; finished: boolean }>(
      sql`select accepted, duplicates, done, finished_at is not null as finished from import where label = ${file} order by id`,
    )
    await store.close()
    const times = new Map(rows.map((row) => [`${row.source}/${row.id}`, row.times]))
    const acknowledged = senders.flatMap((sender) => sender.acknowledged)
    expect(acknowledged.length).toBeGreaterThan(SERVER_KILLS * CONNECTIONS)
    expect(acknowledged.filter((id) => times.get(`faults/${id}`) !== 1)).toEqual([])
    expect(Array.from({ length: LINES }, (_, n) => `file/line-${n}`).filter((id) => times.get(id) !== 1)).toEqual([])
    expect([...times.values()].every((n) => n === 1)).toBe(true)

    // The import went on where it was: the run that came to the end had less than all to do, and all were counted once.
    expect(runs[0]!.accepted + runs[0]!.duplicates).toBeLessThan(LINES)
    expect(imports.reduce((sum, one) => sum + one.accepted, 0)).toBe(LINES)
    expect(imports.every(({ done, finished }) => finished && done === LINES)).toBe(true)
    await remove()
    await files.remove()
  },
)
