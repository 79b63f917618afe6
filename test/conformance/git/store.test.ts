import { afterAll, beforeAll, expect, test } from 'vitest'
import { refKind } from '../../../src/ground/core/index.ts'
import type { EntityDraft } from '../../../src/ground/catalog/index.ts'
import { declarations } from '../../../src/sources/files/index.ts'
import { scanRepository, type ScanSink } from '../../../src/sources/git/index.ts'
import { testGround, type TestGround } from '../../support/ground.ts'
import { scriptedFolder } from './build-repository.ts'
import { NOW } from './memory-sink.ts'

const BY = 'user:default/scan'
const folder = scriptedFolder()
let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ now: NOW })
})
afterAll(async () => {
  await ground?.store.close()
  folder.clear()
})

/** A sink into a real ledger and catalogue, which remembers what they answered. */
function storeSink(): ScanSink & { cursor: unknown; answers: Record<string, number>; problems: string[] } {
  const sink = {
    cursor: null as unknown,
    answers: { accepted: 0, revised: 0, duplicates: 0, retracted: 0 } as Record<string, number>,
    problems: [] as string[],
    append: async (records: Parameters<ScanSink['append']>[0]) => {
      const { accepted, revised, duplicates } = await ground.ledger.append(records, { by: BY })
      for (const [name, count] of Object.entries({ accepted, revised, duplicates })) sink.answers[name]! += count
    },
    retract: async (which: Parameters<ScanSink['retract']>[0], { undo }: { undo: boolean }) => {
      for (const one of which)
        sink.answers.retracted! += (await ground.ledger.retract(one, { by: BY, at: ground.ledger.now(), undo })).retracted
    },
    entities: async (name: string, drafts: EntityDraft[]) => {
      const applied = await ground.catalog.applyFolder(name, drafts, { by: BY, origin: 'inferred' })
      sink.problems.push(...applied.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message))
    },
    saveCursor: async (cursor: Record<string, unknown>) => void (sink.cursor = cursor),
  }
  return sink
}

test('a scan arrives in the store whole, a second one changes nothing, and a revision replaces what it revises', async () => {
  const repository = folder.repository()
  repository.commit('Begin', {
    files: {
      'package.json': '{"name":"parcels","private":true,"workspaces":["packages/*"]}',
      'packages/labels/package.json': '{"name":"labels"}',
      CODEOWNERS: '* @parcels/ferry\n',
    },
  })
  repository.branch('x')
  const step = repository.commit('Step', { files: { a: '1\n' }, author: 'Rosa Ferry <rosa@parcels.example>' })
  repository.checkout('main')
  const own = repository.commit('Own', { files: { b: '1\n' } })
  repository.tag('v1.0.0')
  const sink = storeSink()
  const first = await scanRepository(repository.path, { sink, declarations, now: NOW })
  expect(sink.answers).toEqual({ accepted: 3, revised: 0, duplicates: 0, retracted: 0 })

  sink.cursor = null
  await scanRepository(repository.path, { sink, declarations, now: NOW })
  expect(sink.answers).toEqual({ accepted: 3, revised: 0, duplicates: 3, retracted: 0 })
  expect(first.notes).toEqual([])

  // A merge from the other side: what was the main line becomes the side line of a change.
  repository.checkout('x')
  repository.merge("Merge branch 'own-work' into x", ['main'])
  repository.git('branch', '--force', 'main')
  repository.checkout('main')
  await scanRepository(repository.path, { sink, declarations, now: NOW + 60_000 })
  const commit = (sha: string) => ground.ledger.history(`commit:git/${sha}`, first.subject)
  expect((await commit(own)).at(-1)!.state).not.toHaveProperty('mainline')
  expect((await commit(step)).at(-1)!.state).toMatchObject({ mainline: true, author: expect.not.stringContaining('rosa') })

  repository.git('reset', '--quiet', '--hard', own)
  await scanRepository(repository.path, { sink, declarations, now: NOW + 120_000 })
  expect((await commit(step)).at(-1)!.retracted).toBe(true)
  expect((await commit(own)).at(-1)!.state).toMatchObject({ mainline: true })

  expect(sink.problems).toEqual([])
  expect((await ground.catalog.list({})).map(({ ref, origin }) => [refKind(ref), origin])).toEqual(
    expect.arrayContaining([
      ['repository', 'inferred'],
      ['component', 'inferred'],
    ]),
  )
})
