import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openStore, sql } from '../../../src/ground/store/index.ts'
import { githubDialect } from '../../support/remote/github.ts'
import { githubRepository } from '../../support/remote/github-repository.ts'
import { remoteServer } from '../../support/remote/server.ts'
import { dataFolder, onServer, testDatabase } from '../../support/store.ts'
import { startServer, throughline } from '../../support/throughline.ts'

const KILLS = 3
const AMOUNTS = { pulls: 400, deployments: 120, releases: 12, runs: 150, issues: 250 }

interface Connected {
  id: string
}
interface Listed {
  connections: { id: string; progress: { state: string; done: number; lists: number; records: number } }[]
}

test(
  `killed ${KILLS} times while it reads the past of a repository, all of it is there in the end, once`,
  { timeout: 600_000 },
  async () => {
    const { folder: data, remove } = await dataFolder()
    const database = onServer ? await testDatabase() : null
    const env: Record<string, string> = {
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.1',
      ...(database ? { DATABASE_URL: database.databaseUrl } : {}),
    }
    const repository = githubRepository('acme/shop', Date.now(), AMOUNTS)
    const remote = await remoteServer(githubDialect([repository], 'word'))
    // Slow enough that a kill meets it at work.
    remote.limit = { requests: 50, closedMs: 150, say: (ms) => ({ status: 429, headers: { 'retry-after': String(ms / 1000) }, body: {} }) }
    const sources = async (...args: string[]) => throughline(['sources', ...args, '--json'], { data, env })

    const settings = `apiAddress=${remote.base},repositories=acme/shop,pollMinutes=0`
    const connected = await sources('connect', 'github', '--set', settings, '--secret', 'token=word')
    expect(connected.code, connected.err).toBe(0)
    const { id } = JSON.parse(connected.out) as Connected
    const tested = await sources('test', id)
    expect(tested.code, tested.out).toBe(0)

    for (let kill = 0; kill < KILLS; kill += 1) {
      const server = await startServer({ data, env })
      const before = remote.requests
      while (remote.requests < before + 20 + ((kill * 37) % 90)) await after(5)
      expect((await server.kill()).code).toBeNull()
      if (database) {
        // Nobody waits for a minute and a half here until the dead are taken for dead.
        const store = await openStore({ databaseUrl: database.databaseUrl })
        await store.query(sql`update pull set held_until = now() where holder is not null`)
        await store.close()
      }
    }
    const midway = JSON.parse((await sources()).out) as Listed
    expect(midway.connections[0]!.progress.state).not.toBe('done')

    const server = await startServer({ data, env })
    let progress: Listed['connections'][number]['progress']
    do {
      await after(250)
      progress = (await server.get<Listed>('/api/connections')).connections[0]!.progress
    } while (progress.state !== 'done' && progress.state !== 'failed')
    expect(progress).toMatchObject({ state: 'done', lists: 5, done: 5 })
    await server.stop()

    const store = await openStore(database ? { databaseUrl: database.databaseUrl } : { folder: data })
    const rows = await store.query<{ kind: string; n: number; keys: number }>(sql`
    select 'change' as kind, count(*) as n, count(distinct id) as keys from evidence_change where learned_to = 'infinity'
    union all select 'deployment', count(*), count(distinct id) from evidence_deployment where learned_to = 'infinity'
    union all select 'work_item', count(*), count(distinct id) from evidence_work_item where learned_to = 'infinity'
    union all select 'event', count(*), count(distinct id) from evidence_event where learned_to = 'infinity'`)
    await store.close()
    const twice = Math.floor(AMOUNTS.runs / 7)
    expect(Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))).toEqual({
      change: AMOUNTS.pulls,
      deployment: AMOUNTS.deployments,
      work_item: AMOUNTS.issues,
      event: AMOUNTS.releases - 1 + AMOUNTS.runs + twice,
    })
    expect(rows.filter(({ n, keys }) => n !== keys)).toEqual([])
    await remote.close()
    await database?.drop()
    await remove()
  },
)
