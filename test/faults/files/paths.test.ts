import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../src/sources/files/index.ts'
import { checkDraft, testFolder } from '../../support/folder.ts'

const api = (target: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: parcels\nspec:\n  type: openapi\n  lifecycle: production\n  owner: parcels\n  definition:\n    $text: ${JSON.stringify(target)}\n`

describe('no reference leads out of the folder', () => {
  const secret = testFolder({ 'secret.txt': 'the secret' })

  it.each([
    ['../secret.txt'],
    ['../../../../../../etc/passwd'],
    ['sub/../../secret.txt'],
    ['/etc/passwd'],
    ['file:///etc/passwd'],
    ['file:/etc/passwd'],
    ['~/secret.txt'],
    ['..\\secret.txt'],
    ['C:\\secret.txt'],
    ['\\\\server\\share\\secret.txt'],
    ['url:/etc/passwd'],
    ['link-to-secret.txt'],
    ['link-to-folder/secret.txt'],
    ['with\0zero'],
    [''],
  ])('%j is an error on its line', async (target) => {
    const folder = testFolder({ 'inner/catalog-info.yaml': api(target), 'sub/': '' })
    symlinkSync(join(secret, 'secret.txt'), join(folder, 'inner', 'link-to-secret.txt'))
    symlinkSync(secret, join(folder, 'inner', 'link-to-folder'))
    const read = await readFolder(join(folder, 'inner'), { checkDraft })
    expect(read.problems.filter((problem) => problem.severity === 'error')).toMatchObject([
      { code: 'files.unsafe_path', file: 'catalog-info.yaml', line: 10, column: 12 },
    ])
    expect(JSON.stringify(read)).not.toContain('the secret')
    expect(read.drafts).toEqual([])
  })

  it.each([['..%2fsecret.txt'], ['%2e%2e/secret.txt'], ['....//secret.txt']])(
    '%j is only a strange name of a file that is not there',
    async (target) => {
      const read = await readFolder(testFolder({ 'inner/catalog-info.yaml': api(target) }), { checkDraft })
      expect(read.problems).toMatchObject([{ code: 'files.missing_target', severity: 'warning' }])
    },
  )

  it('of a Location neither', async () => {
    const folder = testFolder({
      'inner/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec:\n  targets: ["../../catalog-info.yaml", "/etc/passwd"]\n',
    })
    expect(
      (await readFolder(join(folder, 'inner'), { checkDraft })).problems.map(({ code, line, column }) => `${code} ${line}:${column}`),
    ).toEqual(['files.unsafe_path 5:13', 'files.unsafe_path 5:40'])
  })
})

describe('names of files are only names', () => {
  it.each([
    ['$(touch x)'],
    ['; rm -rf x'],
    ['--help'],
    ['-rf'],
    ['`id`'],
    ['a\nb'],
    ['"quoted"'],
    ["it's"],
    ['<img src=x>'],
    ['%s%n'],
    ['ünïcödé 😀'],
    ['a'.repeat(200)],
  ])('%j', async (name) => {
    const read = await readFolder(
      testFolder({ [`${name}/catalog-info.yaml`]: api('x').replace('$text: "x"', 'openapi'), [`adr/${name}.md`]: '# A decision\n' }),
      { checkDraft },
    )
    expect(read.problems).toEqual([])
    expect(read.drafts).toHaveLength(2)
    expect(read.drafts[1]!.metadata.name).toMatch(/^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/)
  })

  it('a pipe with the name of a descriptor does not make the reader wait', async () => {
    const folder = testFolder({ 'catalog-info.yaml': api('x').replace('$text: "x"', 'openapi') })
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
    expect((await readFolder(folder, { checkDraft })).drafts).toHaveLength(1)
    expect((await readFolder(join(folder, 'pipe.yaml'), { checkDraft })).problems).toMatchObject([
      { code: 'files.not_a_file', severity: 'error' },
    ])
  })
})
