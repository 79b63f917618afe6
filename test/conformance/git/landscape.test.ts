import { afterAll, describe, expect, test } from 'vitest'
import type { EntityDraft } from '../../../src/ground/catalog/index.ts'
import { scriptedFolder } from './build-repository.ts'
import { type MemorySink, scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

async function scanFiles(files: Record<string, string>, name = 'parcels'): Promise<MemorySink> {
  const repository = folder.repository(name)
  repository.commit('Begin', { files })
  return (await scan(repository.path)).sink
}

const named = (sink: MemorySink, name: string): EntityDraft | undefined =>
  sink.drafts.find((draft) => draft.kind === 'Component' && draft.metadata.name === name)

describe('the name of a repository', () => {
  test.each([
    [
      'catalog-info before anything else',
      {
        'catalog-info.yaml':
          'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: { name: other }\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: Ferry }\nspec: {}\n',
        'package.json': '{"name":"manifest"}',
      },
      'ferry',
    ],
    ['package.json', { 'package.json': '{"name":"@parcels/ferry"}' }, 'parcels-ferry'],
    ['pyproject.toml', { 'pyproject.toml': '[project]\nname = "Ferry_Lines"\n' }, 'ferry_lines'],
    ['Poetry', { 'pyproject.toml': '[tool.poetry]\nname = "ferry"\n' }, 'ferry'],
    ['go.mod, without its version', { 'go.mod': 'module git.parcels.example/team/ferry/v3\n\ngo 1.24\n' }, 'ferry'],
    ['Cargo.toml', { 'Cargo.toml': '[package]\nname = "ferry"\nversion = "0.1.0"\n' }, 'ferry'],
    ['pom.xml', { 'pom.xml': '<?xml version="1.0"?><project><artifactId>ferry</artifactId><packaging>jar</packaging></project>' }, 'ferry'],
    ['Gradle', { 'settings.gradle.kts': 'rootProject.name = "ferry"\n' }, 'ferry'],
    ['a scope, where the package has a generic name', { 'package.json': '{"name":"@ferry/monorepo","private":true}' }, 'ferry'],
    [
      'the folder, where manifests are broken or name nothing',
      { 'package.json': '{"name": ', 'Cargo.toml': '[workspace]\nmembers = []\n' },
      'parcels',
    ],
  ])('comes from %s', async (_, files, name) => {
    const sink = await scanFiles(files)
    expect(sink.of('commit')[0]!.subject).toBe(`repository:default/${name}`)
    expect(sink.drafts[0]).toMatchObject({
      apiVersion: 'throughline.dev/v1',
      kind: 'Repository',
      metadata: { name },
      spec: { defaultBranch: 'main' },
    })
    expect(sink.folder).toBe(`scan:repository:default/${name}`)
  })

  test('is bent into one a reference can carry', async () => {
    expect((await scanFiles({ a: '1' }, 'Größe & Mäße (alt)')).of('commit')[0]!.subject).toBe('repository:default/gro-e-ma-e-alt')
    expect((await scanFiles({ a: '1' }, '包裹')).of('commit')[0]!.subject).toMatch(/^repository:default\/repository-[0-9a-f]{8}$/)
  })
})

describe('components', () => {
  test('are the members the root lists, with their folders; others are not', async () => {
    const sink = await scanFiles({
      'package.json': '{"name":"parcels","private":true,"workspaces":["packages/*","!packages/old"]}',
      'packages/labels/package.json': '{"name":"@parcels/labels","description":"Prints labels"}',
      'packages/old/package.json': '{"name":"old"}',
      'sandbox/package.json': '{"name":"sandbox"}',
      'node_modules/thing/package.json': '{"name":"thing"}',
    })
    expect(sink.drafts.filter((draft) => draft.kind === 'Component').map((draft) => draft.metadata.name)).toEqual(['parcels-labels'])
    expect(named(sink, 'parcels-labels')).toMatchObject({
      metadata: {
        description: 'Prints labels',
        annotations: { 'throughline.dev/repository': 'repository:default/parcels', 'throughline.dev/path': 'packages/labels' },
      },
    })
  })

  test.each([
    ['Cargo', { 'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n', 'crates/a/Cargo.toml': '[package]\nname = "a"\n' }],
    ['Go', { 'go.work': 'go 1.24\n\nuse (\n\t./crates/a\n)\n', 'crates/a/go.mod': 'module parcels.example/a\n' }],
    ['pnpm', { 'pnpm-workspace.yaml': 'packages:\n  - crates/**\n', 'crates/a/package.json': '{"name":"a"}' }],
    [
      'Maven',
      {
        'pom.xml':
          '<project><artifactId>parent</artifactId><packaging>pom</packaging><modules><module>crates/a</module></modules></project>',
        'crates/a/pom.xml': '<project><artifactId>a</artifactId></project>',
      },
    ],
    ['uv', { 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["crates/*"]\n', 'crates/a/pyproject.toml': '[project]\nname = "a"\n' }],
    [
      'no list at all',
      { 'crates/a/package.json': '{"name":"a"}', 'tests/b/package.json': '{"name":"b"}', 'examples/c/package.json': '{"name":"c"}' },
    ],
  ])('of a monorepo by %s', async (_, files) => {
    const sink = await scanFiles(files)
    expect(
      sink.drafts
        .filter((draft) => draft.kind === 'Component')
        .map((draft) => [draft.metadata.name, draft.metadata.annotations!['throughline.dev/path']]),
    ).toEqual([['a', 'crates/a']])
  })

  test('as declared stay as they are written, with the place added', async () => {
    const sink = await scanFiles({
      'services/labels/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: labels\n  title: Labels\n  annotations: { "parcels.example/tier": "1" }\nspec: { type: service, lifecycle: production, owner: group:default/ferry }\n',
      'services/labels/package.json': '{"name":"@parcels/labels-service"}',
    })
    expect(named(sink, 'labels')).toMatchObject({
      metadata: { title: 'Labels', annotations: { 'parcels.example/tier': '1', 'throughline.dev/path': 'services/labels' } },
      spec: { type: 'service', lifecycle: 'production', owner: 'group:default/ferry' },
    })
    expect(sink.drafts.filter((draft) => draft.kind === 'Component')).toHaveLength(1)
  })

  test('a YAML bomb, a broken file and a symbolic link declare nothing', async () => {
    const repository = folder.repository()
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`)
      .join('\n')}\n`
    repository.write('catalog-info.yaml', bomb)
    repository.write('services/x/catalog-info.yaml', 'kind: Component\n  metadata: [')
    repository.git('add', '--all')
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${repository.gitWith({ input: '/etc/passwd' }, 'hash-object', '-w', '--stdin')},package.json`,
    )
    repository.gitWith({}, 'commit', '--quiet', '--message', 'Hostile')
    const { sink } = await scan(repository.path)
    expect(sink.drafts.map((draft) => draft.kind)).toEqual(['Repository'])
  })
})

describe('owners', () => {
  const OWNERS =
    '# who\n* @parcels/everyone @rosa\n/services/labels/ @parcels/labels # printed\n*.md docs@parcels.example\nservices/routes\n'

  test.each(['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'])('come from %s', async (place) => {
    const sink = await scanFiles({
      [place]: OWNERS,
      'services/labels/package.json': '{"name":"labels"}',
      'services/routes/package.json': '{"name":"routes"}',
      'services/maps/package.json': '{"name":"maps"}',
    })
    expect(sink.drafts[0]!.spec).toMatchObject({
      owner: 'group:default/everyone',
      links: [
        { type: 'ownedBy', to: 'group:default/everyone' },
        { type: 'ownedBy', to: 'user:default/rosa' },
        { type: 'ownedBy', to: 'group:default/labels' },
        { type: 'ownedBy', to: 'user:default/docs' },
      ],
      codeowners: [
        { pattern: '*', owners: ['group:default/everyone', 'user:default/rosa'] },
        { pattern: '/services/labels/' },
        { pattern: '*.md' },
        { pattern: 'services/routes', owners: [] },
      ],
    })
    expect(named(sink, 'labels')!.spec.owner).toBe('group:default/labels')
    expect(named(sink, 'maps')!.spec.owner).toBe('group:default/everyone')
    expect(named(sink, 'routes')!.spec.owner).toBe('unknown') // its last rule names nobody
  })

  test('the first of the three places counts', async () => {
    const sink = await scanFiles({ '.github/CODEOWNERS': '* @parcels/first\n', CODEOWNERS: '* @parcels/second\n' })
    expect(sink.drafts[0]!.spec.owner).toBe('group:default/first')
  })
})
