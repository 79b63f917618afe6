import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../src/sources/files/index.ts'
import { checkDraft, testFolder } from '../../support/folder.ts'

const good = 'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: parcels\nspec:\n  type: team\n  children: []\n'
const head = 'apiVersion: throughline.dev/v1\nkind: Decision\nmetadata:\n  name: hostile\nspec:\n'

/** A folder with one good file beside the hostile one: the good one has to be read, the other named with its place. */
async function readBeside(hostile: string | Uint8Array, name = 'hostile.yaml') {
  const folder = testFolder({ 'good.yaml': good, [name]: hostile })
  const read = await readFolder(folder, { checkDraft })
  expect(read.drafts.map((draft) => draft.metadata.name)).toEqual(['parcels'])
  return read
}

const bomb = `a0: &a0 "${'lol'.repeat(10)}"\n${Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`).join('\n')}\n`

describe('a hostile YAML file is named, and its neighbours are read', () => {
  it.each([
    ['a bomb of aliases', head + bomb.replaceAll(/^/gm, '  '), 'files.expansion'],
    [
      'an alias of a large text, ten thousand times',
      `${head}  text: &t "${'x'.repeat(10_000)}"\n  all:\n${'    - *t\n'.repeat(10_000)}`,
      'files.expansion',
    ],
    ['an alias inside its own anchor', `${head}  a: &a { b: *a }\n`, 'files.alias_circle'],
    ['five million opened brackets', `${head}  a: ${'['.repeat(4_900_000)}`, 'files.nesting'],
    ['a million dashes', `${head}  a:\n    ${'- '.repeat(1_000_000)}x\n`, 'files.nesting'],
    [
      'a thousand levels of maps',
      `${head}${Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level + 2)}a:`).join('\n')} 1\n`,
      'files.nesting',
    ],
    ['a quarter million keys', `${head}${Array.from({ length: 250_000 }, (_, index) => `  k${index}: 1`).join('\n')}\n`, 'files.too_large'],
    ['a million commas', `${head}  a: [${','.repeat(1_000_000)}`, 'files.too_large'],
    ['a key that reaches into the program', `${head}  __proto__: { polluted: true }\n`, 'files.forbidden_key'],
    ['the same key twice', `${head}  status: accepted\n  status: rejected\n`, 'files.double_key'],
    ['a file cut off in the middle', `${head}  outcome: "we decided to`, 'files.grammar'],
    ['tabs for spaces', `${head}\tstatus: accepted\n`, 'files.tab'],
    ['a list where an entity belongs', '- apiVersion: throughline.dev/v1\n', 'files.not_a_map'],
    ['a name that is a number', 'apiVersion: throughline.dev/v1\nkind: Decision\nmetadata: { name: 42 }\nspec: {}\n', 'files.no_name'],
    ['a name that is a path', `${head.replace('hostile', '../../etc/passwd')}  status: accepted\n`, 'catalog.bad_name'],
  ])('%s', async (_, content, code) => {
    const read = await readBeside(content)
    expect(read.problems).toContainEqual(
      expect.objectContaining({
        code,
        severity: 'error',
        file: 'hostile.yaml',
        line: expect.any(Number),
        column: expect.any(Number),
        fix: expect.any(String),
      }),
    )
    expect(read.unreadable).toEqual(['hostile.yaml'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le')],
    ['Latin-1', Buffer.from(`${good}  # Größe\n`, 'latin1')],
    ['a zero byte in the middle', Buffer.from(good.replace('parcels', 'par\0cels'))],
  ])('a descriptor in %s', async (_, content) => {
    expect((await readBeside(content, 'catalog-info.yaml')).problems).toMatchObject([
      { code: 'files.encoding', severity: 'error', file: 'catalog-info.yaml' },
    ])
  })

  it('a line of 100 MB', async () => {
    const folder = testFolder({ 'good.yaml': good })
    writeFileSync(join(folder, 'line.yaml'), Buffer.concat([Buffer.from(`${head}  outcome: "`), Buffer.alloc(100_000_000, 'x')]))
    const read = await readFolder(folder, { checkDraft })
    expect(read.problems).toMatchObject([
      { code: 'files.too_large', severity: 'error', file: 'line.yaml', message: 'The file has 100 MB; at most 5 MB are read' },
    ])
    expect(read.drafts).toHaveLength(1)
  })

  it('a large file of somebody else is only remarked on', async () => {
    const folder = testFolder({ 'good.yaml': good, 'data.yaml': `numbers: [${'1, '.repeat(2_000_000)}]` })
    expect((await readFolder(folder, { checkDraft })).problems).toMatchObject([
      { code: 'files.too_large', severity: 'warning', file: 'data.yaml' },
    ])
  })

  it('more documents than anybody writes', async () => {
    const read = await readFolder(testFolder({ 'many.yaml': `${good}---\n`.repeat(12_000) }), { checkDraft })
    expect(read.documents).toBe(10_000)
    expect(read.problems).toContainEqual(expect.objectContaining({ code: 'files.too_many', severity: 'error', file: 'many.yaml' }))
  })
})

describe('order and repetition', () => {
  const documents = ['a', 'b', 'c'].map((name) => good.replace('parcels', name))
  it('of documents do not matter for what is read', async () => {
    const forwards = await readFolder(testFolder({ 'all.yaml': documents.join('---\n') }), { checkDraft })
    const backwards = await readFolder(testFolder({ 'all.yaml': documents.toReversed().join('---\n') }), { checkDraft })
    const names = (read: typeof forwards) => read.drafts.map((draft) => draft.metadata.name).sort()
    expect(names(backwards)).toEqual(names(forwards))
  })

  it('the same documents twice give each once, with a warning for each repetition', async () => {
    const read = await readFolder(testFolder({ 'all.yaml': [...documents, ...documents].join('---\n') }), { checkDraft })
    expect(read.drafts).toHaveLength(3)
    expect(read.problems.map((problem) => `${problem.severity} ${problem.code}`)).toEqual(Array(3).fill('warning files.duplicate'))
  })
})
