import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { checkDraft, testFolder } from '../../../test/support/folder.ts'
import { readRecord } from './decisions/record.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { readFolder } from './index.ts'
import { readYaml } from './yaml/read.ts'

const folder = testFolder({})

/** Text a file can hold: no half characters. */
const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed())
const key = text.filter((value) => value !== '__proto__')
const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,40}[A-Za-z0-9]$/)

describe('reading files', () => {
  afterEach(() => expect(({} as Record<string, unknown>).polluted).toBeUndefined())

  it('survives any bytes, and says what is wrong with a file that gives nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('catalog-info.yaml', '0001-x.md'),
        fc.uint8Array({ maxLength: 400 }),
        fc.boolean(),
        async (file, bytes, asText) => {
          writeFileSync(
            join(folder, file),
            asText ? Buffer.concat([Buffer.from('apiVersion: backstage.io/v1alpha1\nkind: '), bytes]) : bytes,
          )
          const read = await readFolder(join(folder, file), { checkDraft })
          for (const problem of read.problems)
            expect(problem).toMatchObject({
              file,
              code: expect.any(String),
              message: expect.any(String),
              fix: expect.any(String),
              line: expect.any(Number),
              column: expect.any(Number),
            })
          if (read.drafts.length === 0) expect(read.problems.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('gives any document back as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          data.filter((value) => value !== null),
          { minLength: 1, maxLength: 3 },
        ),
        (values) => {
          const file = values
            .map((value) => `---\n${stringify(value, { version: '1.2', schema: 'core', aliasDuplicateObjects: false })}`)
            .join('')
          const { documents } = readYaml(file, DEFAULT_LIMITS)
          expect(documents.map((document) => document.value)).toEqual(values)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives any entity back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.dictionary(key, data, { maxKeys: 4 }),
        fc.dictionary(key, data, { maxKeys: 6 }),
        async (entity, metadata, spec) => {
          const plain = (value: object) => Object.fromEntries(Object.entries(value).filter(([field]) => !field.startsWith('$')))
          const draft = { apiVersion: 'example.org/v1', kind: 'Printer', metadata: { ...plain(metadata), name: entity }, spec: plain(spec) }
          writeFileSync(join(folder, 'one.yaml'), stringify(draft, { version: '1.2', schema: 'core', aliasDuplicateObjects: false }))
          const read = await readFolder(join(folder, 'one.yaml'))
          expect(read.problems.filter((problem) => problem.severity === 'error')).toEqual([])
          expect(read.drafts).toEqual([{ ...draft, file: 'one.yaml', line: expect.any(Number) }])
        },
      ),
      { numRuns: 200 },
    )
  })

  it('makes a valid decision of any Markdown, and the same one when its export is read', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '# ',
        '## Status\n',
        '## Context\n',
        '## Decision\n',
        '## Considered Options\n',
        '### ',
        '* ',
        '- [x] ',
        'Accepted',
        'Superseded by [1](0001-a.md)',
        '* Status: ',
        'Date: 2026-01-01',
        '---\n',
        '```\n',
        '<!--',
        '-->',
        '| a | b |\n| - | - |\n',
        'Good, because ',
        '\n',
        '\n\n',
        ': ',
      ),
      text,
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.stringMatching(/^[^/\0]{1,80}$/), (pieces, fileName) => {
        const body = pieces.join('').replaceAll('\0', '')
        const { draft, problems } = readRecord(`adr/${fileName}.md`, body, 'parcels', DEFAULT_LIMITS)
        if (problems.some((problem) => problem.severity === 'error')) return
        expect(checkDraft(draft).filter((problem) => problem.severity === 'error')).toEqual([])
        const { file: _file, line: _line, ...entity } = draft
        const [again] = readYaml(stringify(entity, { version: '1.2', schema: 'core' }), DEFAULT_LIMITS).documents
        expect(again!.value).toEqual(entity)
      }),
      { numRuns: 500 },
    )
  })
})
