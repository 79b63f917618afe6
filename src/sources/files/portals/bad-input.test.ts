import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { checkDraft, testFolder } from '../../../../test/support/folder.ts'
import { PORTAL_DOCUMENTS } from '../../../../test/support/portal-documents.ts'
import { declarations, readFolder } from '../index.ts'

const read = (files: Record<string, string>) => readFolder(testFolder(files), { checkDraft })

describe('a mistake is named with its place and what to do', () => {
  it.each([
    ['compass.yml', 'configVersion: 1\ndescription: x\n', 'files.no_name', 'error', 1],
    ['compass.yml', 'configVersion: 1\nname: [a]\n', 'files.no_name', 'error', 2],
    ['compass.yml', 'configVersion: 1\nname: a\nlabels: team\n', 'files.wrong_type', 'warning', 3],
    ['compass.yml', 'configVersion: 1\nname: a\nrelationships: []\n', 'files.wrong_type', 'warning', 3],
    ['cortex.yaml', 'openapi: 3.0.0\ninfo:\n  x-cortex-tag:\n', 'files.no_name', 'error', 3],
    ['cortex.yaml', 'openapi: 3.0.0\ninfo:\n  x-cortex-tag: a\n  x-cortex-owners: [team]\n', 'files.wrong_type', 'warning', 4],
    ['opslevel.yml', 'version: 1\ncomponent:\n  owner: a\n', 'files.no_name', 'error', 2],
    ['service.datadog.yaml', 'schema-version: v2\nteam: a\n', 'files.no_name', 'error', 1],
    ['service.datadog.yaml', 'apiVersion: v3\nkind: service\nmetadata:\n  name: a\n  tags: { a: b }\n', 'files.wrong_type', 'warning', 5],
    ['score.yaml', 'apiVersion: score.dev/v1b1\nmetadata: a\n', 'files.no_name', 'error', 2],
    ['score.yaml', 'apiVersion: score.dev/v1b1\nmetadata: { name: a }\ncontainers: { a: 1\n', 'files.grammar', 'error', 4],
    ['openapi.yaml', 'openapi: 3.1.0\ninfo: { title: "a\n', 'files.grammar', 'warning', 3],
    ['openapi.json', '{"openapi":"3.1.0",\n"info":{"title":"a"},\n"paths":{', 'files.grammar', 'warning', 3],
    ['openapi.yaml', `openapi: 3.1.0\ninfo: { title: a }\npaths:\n  a: ${'['.repeat(1_000)}`, 'files.nesting', 'warning', 4],
    [
      'openapi.json',
      `{"openapi":"3.1.0","info":{"title":"a"},"x":${'['.repeat(90_000)}${']'.repeat(90_000)}}`,
      'files.nesting',
      'warning',
      1,
    ],
    ['openapi.json', '{"openapi":"3.1.0","info":{"title":"a","__proto__":{"polluted":true}}}', 'files.forbidden_key', 'warning', 1],
  ])('%s: %j', async (file, text, code, severity, line) => {
    const { problems, drafts } = await read({ [file]: text })
    expect(problems).toContainEqual(
      expect.objectContaining({
        code,
        severity,
        file,
        line,
        column: expect.any(Number),
        message: expect.any(String),
        fix: expect.any(String),
      }),
    )
    if (severity === 'error') expect(drafts).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('a zero character deep inside is found where it stands', async () => {
    const { problems } = await read({ 'compass.yml': 'configVersion: 1\nname: a\ncustomFields:\n  - name: x\n    value: "a\\0b"\n' })
    expect(problems).toMatchObject([{ code: 'catalog.unstorable', line: 5, column: 12 }])
  })

  it('a definition of three megabytes is read', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [
        `/parcels/${n}`,
        { get: { summary: 'x'.repeat(100), responses: { 200: { description: 'ok' } } } },
      ]),
    )
    const { drafts } = await read({ 'openapi.json': JSON.stringify({ openapi: '3.0.3', info: { title: 'Large', version: '1' }, paths }) })
    expect(drafts).toMatchObject([{ spec: { counts: { operations: 20_000 } } }])
  })
})

const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      null,
      true,
      '',
      '../../etc/passwd',
      '<script>',
      '__proto__',
      '包裹',
      'x'.repeat(500),
      'a/b/c',
      'ari:x',
      'javascript:alert(1)',
      '{{ x }}',
      -1,
      1e300,
    ),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('name', 'tag', 'url', 'type', 'key', 'value', 'alias', 'x'), tie('value'), { maxKeys: 3 }),
  ),
})).value

/** A document with anything in one of its places. */
function withAnything(document: object) {
  const places = (value: unknown, base: readonly string[] = []): string[][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [[...base, key], ...places(inner, [...base, key])])
      : []
  return fc.tuple(fc.constantFrom(...places(document)), anything).map(([path, value]) => {
    const copy: unknown = structuredClone(document)
    const holder = path.slice(0, -1).reduce((at, step) => at[step] as Record<string, unknown>, copy as Record<string, unknown>)
    holder[path.at(-1)!] = value
    return copy
  })
}

it.each(Object.entries(PORTAL_DOCUMENTS))(
  'whatever stands in one of its places, %s gives valid entities or says why not',
  (_, { file, document }) => {
    fc.assert(
      fc.property(withAnything(document), (changed) => {
        const text = file.includes('api') ? JSON.stringify(changed) : stringify(changed, { version: '1.2', schema: 'core' })
        for (const draft of declarations.read(new Map([[`services/tracking/${file}`, text]])))
          expect(
            draft.kind === 'Repository'
              ? []
              : checkDraft(draft).filter(({ severity, code }) => severity === 'error' && code !== 'catalog.unstorable'),
          ).toEqual([])
      }),
      { numRuns: 200 },
    )
  },
)
