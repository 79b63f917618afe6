import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { scriptedFolder, type ScriptedRepository } from './build-repository.ts'
import { MemorySink, scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

function begun(files: Record<string, string> = { readme: 'hello\n' }): ScriptedRepository {
  const repository = folder.repository()
  repository.commit('Begin', { files })
  return repository
}

const ids = (sink: MemorySink, kind: 'commit' | 'change' | 'deployment'): string[] =>
  sink
    .of(kind)
    .map(({ id }) => id)
    .sort()

describe('scanning again', () => {
  test('writes nothing when nothing is new, and tells the same', async () => {
    const repository = begun()
    repository.commit('Faster (#1)')
    repository.tag('v1.0.0')
    const { report, sink } = await scan(repository.path)
    const again = await scan(repository.path, sink)
    expect(again.report).toEqual({ ...report, newCommits: 0, seconds: again.report.seconds })
    expect(sink.appended).toHaveLength(1)
  })

  test('writes only what is new', async () => {
    const repository = begun()
    repository.commit('Faster (#1)')
    repository.tag('v1.0.0')
    const { sink } = await scan(repository.path)
    repository.commit('Calmer (#2)')
    repository.tag('v1.1.0')
    const { report } = await scan(repository.path, sink)
    expect(report).toMatchObject({ commits: 3, newCommits: 1, changes: 2, deployments: 2 })
    expect(sink.appended).toEqual([4, 3]) // then: a commit, a change, a deployment
  })

  test('takes back what a rewritten history no longer has, and says so', async () => {
    const repository = begun()
    const lost = repository.commit('Draft (#1)', { files: { a: '1' } })
    repository.tag('v1.0.0')
    const { sink } = await scan(repository.path)
    repository.git('reset', '--quiet', '--hard', 'HEAD~1')
    const kept = repository.commit('Final (#2)', { files: { a: '2' } })
    const { report } = await scan(repository.path, sink)
    expect(report.notes.join()).toContain(`History was rewritten, or HEAD moved to another branch: ${lost.slice(0, 12)}`)
    expect(ids(sink, 'commit')).not.toContain(lost)
    expect(ids(sink, 'commit')).toContain(kept)
    expect(ids(sink, 'change')).toEqual(['2'])
    expect(ids(sink, 'deployment')).toEqual([])
  })

  test('gives back what was taken back when HEAD returns to its branch', async () => {
    const repository = begun()
    const onMain = repository.commit('On main (#1)', { files: { a: '1' } })
    const { sink } = await scan(repository.path)
    const before = sink.state()
    repository.branch('side', 'HEAD~1')
    repository.commit('On the side', { files: { b: '1' } })
    await scan(repository.path, sink)
    expect(ids(sink, 'commit')).not.toContain(onMain)
    repository.checkout('main')
    await scan(repository.path, sink)
    expect(sink.state()).toEqual(before)
  })

  test('says when the old history is gone for good', async () => {
    const repository = begun()
    repository.commit('Draft')
    const { sink } = await scan(repository.path)
    repository.git('reset', '--quiet', '--hard', 'HEAD~1')
    repository.git('reflog', 'expire', '--expire=now', '--all')
    repository.git('gc', '--quiet', '--prune=now')
    const { report } = await scan(repository.path, sink)
    expect(report).toMatchObject({ commits: 1 })
    expect(report.notes.join()).toContain('is gone: history was rewritten')
  })

  test('a tag that was moved or removed moves or removes its deployment', async () => {
    const repository = begun()
    repository.tag('v1.0.0')
    repository.tag('v1.1.0')
    const { sink } = await scan(repository.path)
    const next = repository.commit('Next')
    repository.git('tag', '--force', 'v1.1.0', 'HEAD')
    repository.git('tag', '--delete', 'v1.0.0')
    await scan(repository.path, sink)
    expect(sink.of('deployment').map(({ id, commit }) => [id, commit])).toEqual([['v1.1.0', next]])
    expect(sink.of('deployment')[0]).not.toHaveProperty('commits') // it is the first now
  })

  test('a repository that got another name takes its records along', async () => {
    const repository = begun({ 'package.json': '{"name":"labels"}', 'services/maps/package.json': '{"name":"maps"}' })
    repository.commit('Faster (#1)')
    repository.tag('v1.0.0')
    repository.tag('maps@1.0.0')
    const { sink } = await scan(repository.path)
    repository.commit('Rename', { files: { 'package.json': '{"name":"ferry"}' } })
    const { report } = await scan(repository.path, sink)
    expect(report.notes.join()).toContain('was repository:default/labels and is repository:default/ferry now')
    expect(new Set(sink.of('commit').map(({ subject }) => subject))).toEqual(new Set(['repository:default/ferry']))
    expect([sink.of('commit').length, ids(sink, 'change'), ids(sink, 'deployment')]).toEqual([3, ['1'], ['maps@1.0.0', 'v1.0.0']])
    repository.commit('And back', { files: { 'package.json': '{"name":"labels"}' } })
    await scan(repository.path, sink)
    expect(new Set(sink.of('commit').map(({ subject }) => subject))).toEqual(new Set(['repository:default/labels']))
    expect([sink.of('commit').length, ids(sink, 'change'), ids(sink, 'deployment')]).toEqual([4, ['1'], ['maps@1.0.0', 'v1.0.0']])
  })

  test('a scan that was cut short loses nothing and doubles nothing', async () => {
    const repository = begun()
    for (let n = 0; n < 6; n++) repository.commit(`Step ${n} (#${n + 1})\n\n${'long '.repeat(120_000)}`)
    const whole = await scan(repository.path)
    const sink = new MemorySink()
    sink.failAfter = 0
    await expect(scan(repository.path, sink)).rejects.toThrow('the store went away')
    expect(sink.cursor).toBeNull()
    sink.failAfter = Number.POSITIVE_INFINITY
    await scan(repository.path, sink)
    expect(sink.state()).toEqual(whole.sink.state())
  })

  test('a scan that is called off ends, and leaves no git behind', async () => {
    const repository = begun()
    const stop = new AbortController()
    const scanning = scan(repository.path, new MemorySink(), { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(scanning).rejects.toThrow(/abort/i)
  })

  test('step by step or all at once, the records come out the same, whatever is merged into what', async () => {
    const step = fc.record({
      parents: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }),
      says: fc.nat({ max: MESSAGES.length - 1 }),
      number: fc.integer({ min: 1, max: 6 }),
      tag: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 18 }), fc.integer({ min: 4, max: 9 }), async (steps, stride) => {
        const repository = folder.repository()
        repository.gitWith({ input: streamOf(steps) }, 'fast-import', '--quiet')
        const heads = repository.git('for-each-ref', '--sort=version:refname', '--format=%(objectname)', 'refs/steps').split('\n')
        const stepwise = new MemorySink()
        for (let index = Math.min(stride, heads.length) - 1; ; index = Math.min(index + stride, heads.length - 1)) {
          repository.git('update-ref', 'refs/heads/main', heads[index]!)
          await scan(repository.path, stepwise)
          if (index === heads.length - 1) break
        }
        const { sink } = await scan(repository.path)
        expect(stepwise.state()).toEqual(sink.state())
      }),
      { numRuns: 6 },
    )
  })
})

type Step = { parents: number[]; says: number; number: number; tag: boolean }

const MESSAGES = [
  'Step',
  'Faster (#N)',
  'Merge pull request #N from rosa/x\n\nTitle',
  "Merge branch 'x'",
  "Merge branch 'main' of host:ferry",
  "Merge branch 'develop'",
  'Part\n\nPart-of: <https://git.parcels.example/-/merge_requests/N>',
]

/** A history of any shape for fast-import: each step is a commit on some earlier ones, and a ref of its own. */
function streamOf(steps: readonly Step[]): string {
  return steps
    .map(({ parents, says, number, tag }, index) => {
      const known = [...new Set(parents.map((parent) => parent % Math.max(1, index)))]
      const from = index === 0 ? '' : known.map((parent, place) => `${place === 0 ? 'from' : 'merge'} :${parent + 1}\n`).join('')
      const message = MESSAGES[says]!.replace('N', String(number))
      const tagged = tag ? `reset refs/tags/v1.${index}.0\nfrom :${index + 1}\n\n` : ''
      return `commit refs/steps/s${index}\nmark :${index + 1}\ncommitter A <a@b.example> ${1_768_000_000 + index * 60} +0000\ndata ${message.length}\n${message}\n${from}M 100644 inline f${index}\ndata 2\nx\n\n${tagged}`
    })
    .join('')
}
