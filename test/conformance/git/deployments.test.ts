import { afterAll, describe, expect, test } from 'vitest'
import { scriptedFolder, type ScriptedRepository } from './build-repository.ts'
import { scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

function begun(files: Record<string, string> = { readme: 'hello\n' }): ScriptedRepository {
  const repository = folder.repository()
  repository.commit('Begin', { files })
  return repository
}

const component = (name: string, annotations: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\n  annotations: { ${annotations} }\nspec: { type: service, lifecycle: production, owner: group:default/ferry }\n`

describe('version tags tell of deployments', () => {
  test('an annotated tag says when; a lightweight one only what, with less confidence; the first does not say what was new', async () => {
    const repository = begun()
    repository.tag('v1.0.0', { annotated: true, at: '2026-02-01T10:00:00Z' })
    const one = repository.commit('One', { at: '2026-02-02T10:00:00Z' })
    const two = repository.commit('Two', { at: '2026-02-03T10:00:00Z' })
    repository.tag('v1.1.0')
    const { report, sink } = await scan(repository.path)
    expect(report.deployments).toBe(2)
    expect(sink.one('deployment', 'v1.0.0')).toMatchObject({
      basis: 'inferred',
      environment: 'production',
      outcome: 'success',
      finishedAt: '2026-02-01T10:00:00.000Z',
      confidence: 0.8,
      subject: 'repository:default/parcels',
    })
    expect(sink.one('deployment', 'v1.0.0')).not.toHaveProperty('commits')
    expect(sink.one('deployment', 'v1.1.0')).toMatchObject({ commit: two, finishedAt: '2026-02-03T10:00:00.000Z', confidence: 0.5 })
    expect([...sink.one('deployment', 'v1.1.0').commits!].sort()).toEqual([one, two].sort())
  })

  test('pre-releases, tags off HEAD, tags of files and tags that name no version are none', async () => {
    const repository = begun()
    repository.tag('v1.0.0')
    repository.commit('One')
    for (const name of ['v1.1.0-rc.1', 'v1.1.0-beta', '1.1b2', 'nightly-2026', 'before-the-move', 'v7']) repository.tag(name)
    repository.tag('v9.9.9', { of: 'HEAD:readme' })
    repository.branch('elsewhere')
    repository.commit('Elsewhere')
    repository.tag('v2.0.0')
    repository.checkout('main')
    const { report, sink } = await scan(repository.path)
    expect(sink.of('deployment').map(({ id }) => id)).toEqual(['v1.0.0'])
    expect(report.notes.filter((note) => note.includes('tag'))).toEqual([
      '3 version tags name a pre-release, or something other than a plain release; not taken as deployments.',
      '2 release tags are not reachable from HEAD and left out.',
    ])
  })

  test('each commit belongs to the first release that held it, also when releases run side by side', async () => {
    const repository = begun()
    repository.tag('v1.0.0', { annotated: true, at: '2026-01-10T00:00:00Z' })
    repository.branch('release/1')
    const fix = repository.commit('Fix', { at: '2026-01-11T00:00:00Z', files: { fix: '1' } })
    repository.tag('v1.0.1', { annotated: true, at: '2026-01-12T00:00:00Z' })
    repository.checkout('main')
    const feature = repository.commit('Feature', { at: '2026-01-11T00:00:00Z', files: { feature: '1' } })
    const merge = repository.merge("Merge branch 'release/1'", ['release/1'], { at: '2026-01-13T00:00:00Z' })
    repository.tag('v1.1.0', { annotated: true, at: '2026-01-14T00:00:00Z' })
    repository.tag('v1.1', { annotated: true, at: '2026-01-15T00:00:00Z' })
    const { sink } = await scan(repository.path)
    expect(sink.one('deployment', 'v1.0.1').commits).toEqual([fix])
    expect([...sink.one('deployment', 'v1.1.0').commits!].sort()).toEqual([feature, merge].sort())
    expect(sink.one('deployment', 'v1.1').commits).toEqual([])
  })

  test('a tag of a tag is followed to its commit', async () => {
    const repository = begun()
    repository.tag('inner', { annotated: true, at: '2026-02-01T00:00:00Z' })
    repository.tag('v1.0.0', { annotated: true, at: '2026-02-02T00:00:00Z', of: 'inner' })
    expect((await scan(repository.path)).sink.one('deployment', 'v1.0.0')).toMatchObject({
      commit: repository.head(),
      finishedAt: '2026-02-02T00:00:00.000Z',
    })
  })

  test('ten thousand tags, annotated and not, are read in one walk', async () => {
    const repository = begun()
    const commits = Array.from(
      { length: 100 },
      (_, n) =>
        `commit refs/heads/main\nmark :${n + 1}\ncommitter A <a@b.example> ${1_768_000_000 + n * 60} +0000\ndata 2\nx\n${n === 0 ? 'from refs/heads/main^0\n' : ''}\n`,
    )
    const tags = Array.from({ length: 10_000 }, (_, n) =>
      n % 2
        ? `reset refs/tags/v${n}.0.0\nfrom :${(n % 100) + 1}\n\n`
        : `tag v${n}.0.0\nfrom :${(n % 100) + 1}\ntagger A <a@b.example> ${1_769_000_000 + n} +0000\ndata 2\nx\n`,
    )
    repository.gitWith({ input: [...commits, ...tags].join('') }, 'fast-import', '--quiet')
    const { report, sink } = await scan(repository.path)
    expect(report).toMatchObject({ commits: 101, deployments: 10_000 })
    expect(sink.of('deployment').filter(({ confidence }) => confidence === 0.8)).toHaveLength(5_000)
    const appended = sink.appended.length
    await scan(repository.path, sink)
    expect(sink.appended).toHaveLength(appended)
  })
})

describe('in a monorepo a tag tells of the component it names', () => {
  const MONOREPO = {
    'package.json': '{"name":"parcels","private":true,"workspaces":["packages/*"]}',
    'packages/labels/package.json': '{"name":"@parcels/labels"}',
    'packages/routes/package.json': '{"name":"@parcels/routes"}',
  }

  test.each(['@parcels/labels@1.1.0', 'labels@1.1.0', 'labels/v1.1.0', 'labels-v1.1.0', 'packages/labels/v1.1.0'])('%s', async (tag) => {
    const repository = begun(MONOREPO)
    repository.tag(tag.replace('1.1.0', '1.0.0'))
    const label = repository.commit('Label', { files: { 'packages/labels/a': '1\n' } })
    repository.commit('Route', { files: { 'packages/routes/a': '1\n' } })
    repository.tag(tag)
    const { sink } = await scan(repository.path)
    expect(sink.one('deployment', tag)).toMatchObject({ subject: 'component:default/parcels-labels', commits: [label] })
  })

  test('a component nobody knows is the repository’s deployment, under its name', async () => {
    const repository = begun(MONOREPO)
    repository.tag('billing@1.0.0')
    expect((await scan(repository.path)).sink.one('deployment', 'billing@1.0.0')).toMatchObject({
      subject: 'repository:default/parcels',
      component: 'billing',
    })
  })
})

describe('a component says itself how it is deployed', () => {
  test('by every commit on main, with all that each brings', async () => {
    const repository = begun({ 'catalog-info.yaml': component('ferry', '"throughline.dev/deployments": main') })
    repository.tag('v1.0.0')
    repository.branch('x')
    const step = repository.commit('Step', { files: { a: '1\n' } })
    repository.checkout('main')
    const merge = repository.merge('Merge pull request #1 from rosa/x\n\nX', ['x'], { at: '2026-03-01T10:00:00Z' })
    const { report, sink } = await scan(repository.path)
    expect(report.deployments).toBe(2)
    expect(sink.one('deployment', `main-${merge.slice(0, 12)}`)).toMatchObject({
      subject: 'repository:default/ferry',
      commit: merge,
      finishedAt: '2026-03-01T10:00:00.000Z',
      commits: [merge, step],
    })
  })

  test('by events only: then no tag counts', async () => {
    const repository = begun({ 'catalog-info.yaml': component('ferry', '"throughline.dev/deployments": events') })
    repository.tag('v1.0.0')
    expect((await scan(repository.path)).report.deployments).toBe(0)
  })

  test('a folder by main is deployed only by commits that touch it', async () => {
    const repository = begun({
      'services/labels/catalog-info.yaml': component('labels', '"throughline.dev/deployments": main'),
      readme: 'x',
    })
    const first = repository.head()
    repository.commit('Elsewhere', { files: { b: '1\n' } })
    const touches = repository.commit('Label', { files: { 'services/labels/a': '1\n' } })
    const { report, sink } = await scan(repository.path)
    expect(sink.of('deployment').map(({ subject, commit, commits }) => [subject, commit, commits])).toEqual([
      ['component:default/labels', first, [first]],
      ['component:default/labels', touches, [touches]],
    ])
    expect(report.deployments).toBe(2)
    repository.commit('Label again', { files: { 'services/labels/a': '2\n' } })
    repository.commit('Elsewhere again', { files: { b: '2\n' } })
    expect((await scan(repository.path, sink)).report.deployments).toBe(3)
    repository.git('reset', '--quiet', '--hard', touches)
    expect((await scan(repository.path, sink)).report.deployments).toBe(2)
    expect(sink.of('deployment')).toHaveLength(2)
  })

  test('by tags with a prefix of its own', async () => {
    const repository = begun({
      'services/labels/catalog-info.yaml': component('labels', '"throughline.dev/deployments": "tags:lbl-"'),
      readme: 'x',
    })
    repository.tag('lbl-1.0.0')
    repository.tag('lbl-1.1.0-rc1')
    repository.tag('v1.0.0')
    const { sink } = await scan(repository.path)
    expect(
      sink
        .of('deployment')
        .map(({ id, subject }) => [id, subject])
        .sort(),
    ).toEqual([
      ['lbl-1.0.0', 'component:default/labels'],
      ['v1.0.0', 'repository:default/parcels'],
    ])
  })
})
