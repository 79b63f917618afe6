import { describe, expect, it } from 'vitest'
import { checkDraft, testFolder } from '../../../test/support/folder.ts'
import { readFolder } from './index.ts'

const api = (definition: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: parcels\nspec:\n  type: openapi\n  lifecycle: production\n  owner: parcels\n  definition:\n    ${definition}\n`
const location = (targets: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  targets: ${targets}\n`
const resource = (name: string) => `apiVersion: example.org/v1\nkind: Printer\nmetadata:\n  name: ${name}\nspec: {}\n`

describe('placeholders', () => {
  it('brings in the text, JSON or YAML of a file inside the folder', async () => {
    const folder = testFolder({
      'a/catalog-info.yaml': api('$text: ../openapi.yaml'),
      'b/catalog-info.yaml': api('$json: ./x.json').replace('name: parcels', 'name: json'),
      'c/catalog-info.yaml': api('$yaml: x.yaml').replace('name: parcels', 'name: yaml'),
      'openapi.yaml': 'openapi: 3.1.0\n',
      'b/x.json': '{"a": [1, {"__proto__": {"polluted": true}}]}',
      'c/x.yaml': 'a: [1]\n',
    })
    const { drafts, problems } = await readFolder(folder, { checkDraft })
    expect(problems).toEqual([])
    expect(drafts.map((draft) => draft.spec.definition)).toEqual(['openapi: 3.1.0\n', { a: [1, {}] }, { a: [1] }])
  })

  it.each([
    ['$text: https://example.com/openapi.json', 'files.remote_not_followed', 'warning'],
    ['$text: //example.com/openapi.json', 'files.remote_not_followed', 'warning'],
    ['$text: missing.yaml', 'files.missing_target', 'warning'],
    ['$json: broken.json', 'files.grammar', 'error'],
    ['$yaml: broken.yaml', 'files.grammar', 'error'],
    ['$text: folder', 'files.not_a_file', 'error'],
  ])('says what is wrong with %s, on its line', async (placeholder, code, severity) => {
    const folder = testFolder({ 'catalog-info.yaml': api(placeholder), 'broken.json': '{', 'broken.yaml': 'a: "', 'folder/': '' })
    const read = await readFolder(folder, { checkDraft })
    expect(read.problems).toMatchObject([{ code, severity, file: 'catalog-info.yaml', line: 10, column: 12 }])
    expect(read.drafts).toHaveLength(severity === 'error' ? 0 : 1)
  })
})

describe('locations', () => {
  it('reads what they point to inside the folder, by name or pattern, once', async () => {
    const folder = testFolder({
      'catalog-info.yaml': location('[./devices/printer.yaml, "./devices/*.yaml", devices/printer.yaml]'),
      'devices/printer.yaml': resource('printer'),
      'devices/scanner.yaml': resource('scanner'),
    })
    const read = await readFolder(folder)
    expect(read.drafts.map((draft) => draft.metadata.name)).toEqual(['all', 'printer', 'scanner'])
    expect(read).toMatchObject({ files: 3, problems: [] })
  })

  it('names targets on the network and targets that are not there', async () => {
    const folder = testFolder({
      'catalog-info.yaml': location('["https://example.com/catalog-info.yaml", "./gone.yaml", "./*/none.yaml"]'),
    })
    const read = await readFolder(folder, { checkDraft })
    expect(read.problems.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      'files.remote_not_followed 6:13',
      'files.missing_target 6:54',
      'files.missing_target 6:69',
    ])
    expect(read.drafts).toHaveLength(1)
  })

  it('does not run in circles', async () => {
    const folder = testFolder({
      'catalog-info.yaml': location('[./other.yaml]'),
      'other.yaml': location('[./catalog-info.yaml, ./other.yaml]').replace('name: all', 'name: other'),
    })
    expect((await readFolder(folder)).drafts).toHaveLength(2)
  })
})
