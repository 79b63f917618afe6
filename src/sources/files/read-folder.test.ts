import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDraft, sharedKinds, testFolder } from '../../../test/support/folder.ts'
import { readFolder } from './index.ts'

const component = (name: string, more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: service\n  lifecycle: production\n  owner: group:default/parcels\n${more}`

describe('which files count', () => {
  it('reads descriptors by name and other YAML only when it speaks of our kinds', async () => {
    const folder = testFolder({
      'catalog-info.yaml': component('tracking'),
      'org/teams.yml': 'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: parcels }\nspec: { type: team, children: [] }\n',
      'deploy/k8s.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: tracking\n',
      'chart/templates/x.yaml': '{{- if .Values.on }}\napiVersion: v1\n',
      'node_modules/other/catalog-info.yaml': component('not-ours'),
      'notes.md': '# Notes\n',
    })
    const read = await readFolder(folder, { checkDraft })
    expect(read.drafts.map((draft) => draft.metadata.name)).toEqual(['tracking', 'parcels'])
    expect(read).toMatchObject({ files: 2, documents: 2, problems: [], unreadable: [] })
  })

  it('reads a single file by its own, whatever its name', async () => {
    const folder = testFolder({ 'one.yaml': component('tracking'), 'two.yaml': component('billing') })
    const read = await readFolder(join(folder, 'two.yaml'), { checkDraft })
    expect(read.drafts).toMatchObject([{ metadata: { name: 'billing' }, file: 'two.yaml', line: 1 }])
  })

  it('says so when there is nothing to read', async () => {
    const read = await readFolder(join(testFolder({}), 'nowhere'))
    expect(read.problems).toMatchObject([{ code: 'files.not_found', severity: 'error' }])
  })

  it('notices a document of ours whose apiVersion was forgotten', async () => {
    const read = await readFolder(testFolder({ 'vision.yaml': 'kind: Outcome\nmetadata: { name: faster }\nspec: {}\n' }))
    expect(read.problems).toMatchObject([{ code: 'files.no_api_version', file: 'vision.yaml', line: 1 }])
  })

  it('leaves somebody else’s document in a shared file alone', async () => {
    const read = await readFolder(
      testFolder({ 'all.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n---\n${component('tracking')}` }),
      { checkDraft },
    )
    expect(read).toMatchObject({ documents: 1, problems: [], drafts: [{ line: 6 }] })
  })

  it('keeps the same order on every machine', async () => {
    const folder = testFolder({
      'b/x.yaml': component('b'),
      'B/x.yaml': component('upper'),
      'a.yaml': component('a'),
      'a/x.yaml': component('ax'),
    })
    expect((await readFolder(folder)).drafts.map((draft) => draft.file)).toEqual(['a.yaml', 'B/x.yaml', 'a/x.yaml', 'b/x.yaml'])
  })

  it('does not follow a link out of the folder, and says so', async () => {
    const outside = testFolder({ 'catalog-info.yaml': component('secret') })
    const folder = testFolder({ 'inner/catalog-info.yaml': component('inner') })
    symlinkSync(outside, join(folder, 'away'))
    symlinkSync(join(outside, 'catalog-info.yaml'), join(folder, 'catalog-info.yaml'))
    symlinkSync(join(folder, 'inner'), join(folder, 'again'))
    const read = await readFolder(folder)
    expect(read.drafts.map((draft) => draft.metadata.name)).toEqual(['inner'])
    expect(read.problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'files.link_outside away',
      'files.link_outside catalog-info.yaml',
    ])
  })
})

describe('problems and their places', () => {
  it('maps what the schema refuses to the line and column of the value', async () => {
    const folder = testFolder({
      'x.yaml': `# a comment\n---\napiVersion: throughline.dev/v1\nkind: Exception\nmetadata:\n  name: legacy\nspec:\n  from: principle:default/small\n  subjects: []\n  reason: "old"\n  until:   2026-02-31\n`,
    })
    const read = await readFolder(folder, { checkDraft })
    expect(read.problems.map(({ file, line, column, path }) => ({ file, line, column, path }))).toEqual([
      { file: 'x.yaml', line: 9, column: 3, path: 'spec.subjects' },
      { file: 'x.yaml', line: 11, column: 12, path: 'spec.until' },
    ])
    expect(read).toMatchObject({ documents: 1, drafts: [], unreadable: ['x.yaml'] })
  })

  it('names the nearest place that exists for what is missing', async () => {
    const read = await readFolder(
      testFolder({
        'catalog-info.yaml':
          'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\nspec:\n  type: service\n  owner: a\n',
      }),
      { checkDraft },
    )
    expect(read.problems).toMatchObject([{ path: 'spec.lifecycle', line: 5, column: 1 }])
  })

  it('keeps the good documents of a file with a bad one, and says which file is incomplete', async () => {
    const folder = testFolder({ 'catalog-info.yaml': `${component('a')}---\nkind: "broken\n---\n${component('c')}` })
    const read = await readFolder(folder, { checkDraft })
    expect(read.drafts.map((draft) => [draft.metadata.name, draft.line])).toEqual([
      ['a', 1],
      ['c', 12],
    ])
    expect(read.problems).toMatchObject([{ code: 'files.grammar', line: 11 }])
    expect(read).toMatchObject({ documents: 3, unreadable: ['catalog-info.yaml'] })
  })

  it('finds the place of a problem somebody else reports about a draft', async () => {
    const read = await readFolder(testFolder({ 'a.yaml': `${component('a')}---\n${component('b')}` }))
    expect(
      read.locate({ code: 'catalog.dangling_reference', severity: 'warning', message: '', file: 'a.yaml', line: 10, path: 'spec.owner' }),
    ).toMatchObject({ line: 17, column: 10 })
  })

  it('keeps the first of two documents with one name, whatever their case', async () => {
    const read = await readFolder(testFolder({ 'a.yaml': component('Tracking'), 'b.yaml': component('tracking') }), { checkDraft })
    expect(read.drafts).toMatchObject([{ file: 'a.yaml' }])
    expect(read.problems).toMatchObject([{ code: 'files.duplicate', severity: 'warning', file: 'b.yaml', line: 4, column: 9 }])
  })

  it('names references that no file declares when it knows the kinds', async () => {
    const read = await readFolder(testFolder({ 'a.yaml': component('a', '  dependsOn: [component:default/b, component:default/A]\n') }), {
      checkDraft,
      kinds: sharedKinds,
    })
    expect(read.problems).toMatchObject([
      { code: 'files.dangling_reference', severity: 'warning', path: 'spec.owner', line: 8, column: 10 },
      { code: 'files.dangling_reference', severity: 'warning', path: 'spec.dependsOn.0', line: 9, column: 15 },
    ])
  })

  it('warns of fields that stand beside the spec', async () => {
    const read = await readFolder(testFolder({ 'a.yaml': `${component('a')}dependsOn:\n  - component:b\n` }), { checkDraft })
    expect(read.problems).toMatchObject([{ code: 'files.misplaced', severity: 'warning', line: 9, column: 1 }])
    expect(read.drafts).toHaveLength(1)
  })

  it('reads what an export writes: computed relations are no problem', async () => {
    const read = await readFolder(
      testFolder({ 'a.yaml': `${component('a')}relations:\n  - { type: ownedBy, target: group:default/parcels }\n` }),
      { checkDraft },
    )
    expect(read).toMatchObject({ problems: [], drafts: [{ metadata: { name: 'a' } }] })
  })

  it('passes over skeletons that a template engine fills in', async () => {
    const read = await readFolder(
      testFolder({
        'skeleton/catalog-info.yaml': component('${{ values.name | dump }}'),
        'old/catalog-info.yaml': component('{{cookiecutter.name}}'),
        'jinja/catalog-info.yaml': `{% if x %}\n${component('x')}{% endif %}\n`,
        'template.yaml':
          'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: service }\nspec:\n  type: service\n  steps:\n    - action: fetch:template\n      input:\n        url: ./skeleton\n        values: { name: "${{ parameters.name }}" }\n',
      }),
      { checkDraft },
    )
    expect(read.drafts.map((draft) => draft.kind)).toEqual(['Template'])
    expect(read.problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'files.skeleton warning',
      'files.skeleton warning',
      'files.skeleton warning',
    ])
    expect(read.unreadable).toEqual([])
  })
})
