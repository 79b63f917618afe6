import { afterAll, describe, expect, test } from 'vitest'
import { scriptedFolder, type ScriptedRepository } from './build-repository.ts'
import { scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

/** A repository with one commit on main. */
function begun(): ScriptedRepository {
  const repository = folder.repository()
  repository.commit('Begin', { files: { readme: 'hello\n' } })
  return repository
}

/** A branch with some commits, merged into main with a message. */
function merged(repository: ScriptedRepository, branch: string, message: string, steps = 1): { steps: string[]; merge: string } {
  repository.branch(branch, 'main')
  const names = Array.from({ length: steps }, (_, step) =>
    repository.commit(`${branch} step ${step + 1}`, { files: { [`${branch}-${step}`]: 'one\ntwo\n' } }),
  )
  repository.checkout('main')
  return { steps: names, merge: repository.merge(message, [branch]) }
}

describe('a merged request is recognised by the words its host leaves', () => {
  test.each([
    ['github-merge', 'Merge pull request #12 from rosa/faster\n\nFaster labels', { number: 12, title: 'Faster labels', branch: 'faster' }],
    [
      'gitlab-merge',
      "Merge branch 'faster' into 'main'\n\nFaster labels\n\nSee merge request parcels/ferry!34",
      { number: 34, title: 'Faster labels', branch: 'faster' },
    ],
    ['bitbucket-cloud', 'Merged in faster (pull request #5)\n\nFaster labels', { number: 5, title: 'Faster labels', branch: 'faster' }],
    [
      'bitbucket-server',
      'Pull request #6: Faster labels\n\nMerge in PAR/ferry from faster to main',
      { number: 6, title: 'Faster labels', branch: 'faster' },
    ],
    ['azure-merge', 'Merged PR 77: Faster labels', { number: 77, title: 'Faster labels' }],
    [
      'gitea-merge',
      "Merge pull request 'Faster labels' (#8) from rosa/faster into main",
      { number: 8, title: 'Faster labels', branch: 'rosa/faster' },
    ],
    ['bors', 'Auto merge of #9 - rosa:faster, r=kim\n\nFaster labels', { number: 9, title: 'Faster labels', branch: 'faster' }],
  ])('%s, as a merge', async (convention, message, known) => {
    const repository = begun()
    const { steps, merge } = merged(repository, 'faster', message, 2)
    const { sink } = await scan(repository.path)
    expect(sink.of('change')).toEqual([
      expect.objectContaining({
        ...known,
        id: String(known.number),
        basis: 'inferred',
        convention,
        mergeCommit: merge,
        additions: 4,
        deletions: 0,
        author: 'rosa@parcels.example',
        commits: expect.arrayContaining(steps.map((sha) => expect.objectContaining({ sha }))),
      }),
    ])
    expect(sink.of('change')[0]!.commits).toHaveLength(2)
    expect(sink.of('change')[0]).not.toHaveProperty('openedAt')
  })

  test.each([
    ['github-squash', 'Faster labels (#12)\n\n* one\n* two', { number: 12, title: 'Faster labels' }],
    ['gitlab-squash', 'Faster labels\n\nSee merge request parcels/ferry!34', { number: 34, title: 'Faster labels' }],
    ['azure-merge', 'Merged PR 77: Faster labels', { number: 77, title: 'Faster labels' }],
    ['part-of', 'Faster labels\n\nPart-of: <https://git.parcels.example/ferry/-/merge_requests/3>', { number: 3, title: 'Faster labels' }],
    ['pull-url', 'Faster labels\n\nPR-URL: https://git.parcels.example/ferry/pull/4', { number: 4, title: 'Faster labels' }],
    ['phabricator', 'Faster labels\n\nDifferential Revision: https://review.parcels.example/D19', { number: 19, title: 'Faster labels' }],
    [
      'gerrit',
      `Faster labels\n\nChange-Id: I${'0a'.repeat(20)}\nReviewed-on: https://review.parcels.example/c/ferry/+/55`,
      { number: 55, title: 'Faster labels' },
    ],
  ])('%s, as a single commit', async (convention, message, known) => {
    const repository = begun()
    const landed = repository.commit(message, {
      files: { label: '1\n2\n3\n' },
      at: '2026-02-03T10:00:00Z',
      committedAt: '2026-02-04T11:00:00Z',
    })
    const { sink } = await scan(repository.path)
    expect(sink.of('change')).toEqual([
      expect.objectContaining({
        ...known,
        convention,
        mergeCommit: landed,
        mergedAt: '2026-02-04T11:00:00.000Z',
        commits: [{ sha: landed, authoredAt: '2026-02-03T10:00:00.000Z' }],
        additions: 3,
        deletions: 0,
      }),
    ])
    expect(sink.one('commit', landed)).not.toHaveProperty('mainline')
  })

  test('a Gerrit change without a number goes by the commit it landed as', async () => {
    const repository = begun()
    const landed = repository.commit(`Faster labels\n\nChange-Id: I${'0a'.repeat(20)}`)
    const { sink } = await scan(repository.path)
    expect(sink.of('change').map(({ id, number }) => [id, number])).toEqual([[`merge-${landed.slice(0, 12)}`, undefined]])
  })

  test('several commits landed one after the other for one request are one change', async () => {
    const repository = begun()
    const note = (n: number) => `\n\nPart-of: <https://git.parcels.example/ferry/-/merge_requests/${n}>`
    const steps = [repository.commit(`One${note(3)}`, { files: { a: '1\n' } }), repository.commit(`Two${note(3)}`, { files: { b: '1\n' } })]
    repository.commit(`Other${note(4)}`, { files: { c: '1\n' } })
    const { sink } = await scan(repository.path)
    expect(sink.one('change', '3')).toMatchObject({ mergeCommit: steps[1], commits: steps.map((sha) => ({ sha })), additions: 2 })
    expect(sink.of('change')).toHaveLength(2)
  })
})

describe('merges nobody numbered', () => {
  test('a side branch merged into the main line is a change under the name of its merge', async () => {
    const repository = begun()
    const { merge, steps } = merged(repository, 'PAR-17-faster', "Merge branch 'PAR-17-faster'", 3)
    const { sink } = await scan(repository.path)
    expect(sink.of('change')).toEqual([
      expect.objectContaining({ id: `merge-${merge.slice(0, 12)}`, branch: 'PAR-17-faster', refs: ['PAR-17'], convention: 'plain-merge' }),
    ])
    expect(sink.of('change')[0]!.commits!.map(({ sha }) => sha)).toEqual(steps)
    expect(sink.of('change')[0]).not.toHaveProperty('number')
  })

  test.each([
    "Merge branch 'main' into faster",
    "Merge remote-tracking branch 'origin/main' into faster",
    "Merge branch 'main' of git.parcels.example:ferry into faster",
  ])('bringing the main line into a branch is not a change: %s', async (message) => {
    const repository = begun()
    repository.branch('faster')
    const first = repository.commit('Step', { files: { a: '1\n' } })
    repository.checkout('main')
    const direct = repository.commit('Meanwhile', { files: { b: '1\n' } })
    repository.checkout('faster')
    const sync = repository.merge(message, ['main'])
    repository.checkout('main')
    repository.merge('Merge pull request #2 from rosa/faster\n\nFaster', ['faster'])
    const { sink } = await scan(repository.path)
    expect(sink.of('change').map(({ id }) => id)).toEqual(['2'])
    expect(sink.one('change', '2').commits!.map(({ sha }) => sha)).toEqual([first, sync])
    expect(sink.one('commit', direct).mainline).toBe(true)
  })

  test('work a colleague pushed first keeps its own changes when it is pulled in below', async () => {
    const repository = begun()
    repository.branch('colleague')
    const squash = repository.commit('Quicker sorting (#7)', { files: { a: '1\n' } })
    repository.checkout('main')
    const own = repository.commit('Own work', { files: { b: '1\n' } })
    const pull = repository.merge("Merge branch 'main' of git.parcels.example:ferry", ['colleague'])
    const { sink } = await scan(repository.path)
    expect(sink.of('change').map(({ id, mergeCommit }) => [id, mergeCommit])).toEqual([['7', squash]])
    expect(sink.one('commit', own).mainline).toBe(true)
    expect(sink.one('commit', pull)).not.toHaveProperty('mainline')
  })

  test('merging develop carries on what landed there: each request stays its own change', async () => {
    const repository = begun()
    repository.branch('develop')
    repository.branch('feature/label')
    const step = repository.commit('Label', { files: { label: '1\n' } })
    repository.checkout('develop')
    const feature = repository.merge("Merge branch 'feature/label' into develop", ['feature/label'])
    const direct = repository.commit('Straight to develop', { files: { direct: '1\n' } })
    repository.checkout('main')
    repository.merge("Merge branch 'develop'", ['develop'])
    const { sink } = await scan(repository.path)
    expect(sink.of('change').map(({ mergeCommit, commits }) => [mergeCommit, commits])).toEqual([
      [feature, [expect.objectContaining({ sha: step })]],
    ])
    expect(sink.one('commit', direct).mainline).toBe(true)
  })

  test('a request merged into the branch of another keeps its commits to itself', async () => {
    const repository = begun()
    repository.branch('outer')
    const outerStep = repository.commit('Outer', { files: { outer: '1\n' } })
    repository.branch('inner')
    const innerStep = repository.commit('Inner', { files: { inner: '1\n2\n' } })
    repository.checkout('outer')
    repository.merge('Merge pull request #2 from rosa/inner\n\nInner', ['inner'])
    repository.checkout('main')
    repository.merge('Merge pull request #1 from rosa/outer\n\nOuter', ['outer'])
    const { sink } = await scan(repository.path)
    expect(sink.one('change', '1').commits!.map(({ sha }) => sha)).toEqual([outerStep])
    expect(sink.one('change', '2')).toMatchObject({ additions: 2, commits: [{ sha: innerStep }] })
  })

  test('a release merge that only carries requests on is no change of its own, and is counted', async () => {
    const repository = begun()
    repository.branch('release-train')
    repository.branch('inner')
    repository.commit('Inner', { files: { inner: '1\n' } })
    repository.checkout('release-train')
    repository.merge('Merge pull request #2 from rosa/inner\n\nInner', ['inner'])
    repository.checkout('main')
    repository.merge('Merge pull request #3 from parcels/release-train\n\nRelease', ['release-train'])
    const { report, sink } = await scan(repository.path)
    expect(sink.of('change').map(({ id }) => id)).toEqual(['2'])
    expect(report.notes).toContain('1 merge only carries on what landed before and is no change of its own.')
  })

  test('the history of another repository that was taken in is nobody’s change, whatever its messages say', async () => {
    const repository = begun()
    repository.git('checkout', '--quiet', '--orphan', 'library')
    repository.commit('Their beginning (#1)', { files: { theirs: '1\n' } })
    repository.commit('Their second (#2)', { files: { theirs: '2\n' } })
    repository.checkout('main')
    repository.merge("Add 'library/' from commit '0123456789'", ['library'])
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(4)
    expect(sink.of('change')).toEqual([])
    expect(sink.of('commit').filter((commit) => commit.mainline)).toHaveLength(1)
  })

  test('after a move to another host the old numbers do not collide with the new ones', async () => {
    const repository = begun()
    const old = repository.commit('Old (#1)', { files: { a: '1\n' } })
    for (let n = 1; n <= 3; n++) repository.commit(`New ${n}\n\nSee merge request parcels/ferry!${n}`, { files: { b: `${n}\n` } })
    const { sink } = await scan(repository.path)
    expect(
      sink
        .of('change')
        .map(({ id, number }) => [id, number])
        .sort(),
    ).toEqual(
      [
        ['1', 1],
        ['2', 2],
        ['3', 3],
        [`merge-${old.slice(0, 12)}`, undefined],
      ].sort(),
    )
  })

  test('a number that comes twice counts once; the second commit is a unit by itself', async () => {
    const repository = begun()
    const first = repository.commit('Faster (#5)', { files: { a: '1\n' } })
    const again = repository.commit('Faster (#5)', { files: { b: '1\n' } })
    const { report, sink } = await scan(repository.path)
    expect(sink.one('change', '5').mergeCommit).toBe(first)
    expect(sink.one('commit', again).mainline).toBe(true)
    expect(report.notes.join()).toContain('1 commit names a request number that another change has')
  })
})

describe('what a change takes back and names', () => {
  test('a commit, a squash and a request that revert something name it', async () => {
    const repository = begun()
    const bad = repository.commit('Faster (#5)', { files: { a: '1\n' } })
    repository.commit(`Revert "Faster (#5)" (#6)\n\nThis reverts commit ${bad.slice(0, 10)}.`, { files: { a: null } })
    merged(repository, 'revert-6-faster', 'Merge pull request #7 from parcels/revert-6-faster\n\nRevert "Revert "Faster (#5)""')
    const mention = repository.commit('Tidy (#8)\n\n* step one\n\n* Revert "step one"\n\nThis reverts commit 0123456789.', {
      files: { c: '1\n' },
    })
    const { sink } = await scan(repository.path)
    expect(sink.one('change', '6').reverts).toBe(bad)
    expect(sink.one('change', '7').reverts).toBe('#6')
    expect(sink.one('change', '8').reverts).toBeUndefined()
    expect(sink.one('commit', mention).reverts).toBeUndefined()
  })

  test('issues, decisions and outcomes named by titles, branches and trailers, also in the middle of a squash', async () => {
    const repository = begun()
    repository.commit(
      'PAR-17: Faster labels per ADR-7 (#12)\n\n* one\n\nServes: faster, outcome:default/calm\n\n* two, see UTF-8 and #13\n\nImplements: decision:default/labels\n',
      { files: { a: '1\n' } },
    )
    const { sink } = await scan(repository.path)
    expect(sink.one('change', '12').refs).toEqual([
      'PAR-17',
      'ADR-0007',
      'outcome:default/calm',
      '#13',
      'decision:default/labels',
      'outcome:default/faster',
    ])
  })

  test('an author is named only when all commits agree', async () => {
    const repository = begun()
    repository.branch('both')
    repository.commit('One', { files: { a: '1\n' } })
    repository.commit('Two', { files: { b: '1\n' }, author: 'Kim Dray <kim@parcels.example>' })
    repository.checkout('main')
    repository.merge('Merge pull request #3 from rosa/both\n\nBoth', ['both'])
    expect((await scan(repository.path)).sink.one('change', '3')).not.toHaveProperty('author')
  })

  test('generated and vendored lines are counted apart', async () => {
    const repository = begun()
    repository.commit('Mark', { files: { '.gitattributes': '*.fixture linguist-generated\nvendor/ours/** -linguist-vendored\n' } })
    const squash = repository.commit('Mixed (#4)', {
      files: {
        'src/a.ts': '1\n2\n',
        'package-lock.json': '1\n2\n3\n',
        'vendor/lib/x.go': '1\n',
        'vendor/ours/y.go': '1\n',
        'big.fixture': '1\n2\n3\n4\n',
        'web/app.min.js': '1\n',
      },
    })
    const { sink } = await scan(repository.path)
    expect(sink.one('commit', squash)).toMatchObject({ additions: 3, deletions: 0, generatedLines: 9 })
    const commit = sink.one('commit', squash)
    expect((commit.generatedFiles as number[]).map((place) => commit.files![place]![0]).sort()).toEqual([
      'big.fixture',
      'package-lock.json',
      'vendor/lib/x.go',
      'web/app.min.js',
    ])
    expect(sink.one('change', '4')).toMatchObject({ additions: 3, deletions: 0, generatedLines: 9 })
  })
})
