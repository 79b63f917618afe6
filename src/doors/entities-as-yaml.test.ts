import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { entitiesAsYaml } from './entities-as-yaml.ts'

const read = (text: string) => parseAllDocuments(text).map((document) => (document as { toJS(): unknown }).toJS())

test('a decision whose text has lines of blanks and an end of empty lines is exported as it is', () => {
  const decision = {
    kind: 'Decision',
    spec: { body: 'First a line long enough to be folded by a writer that likes short lines.\n  \n1. Then a list\n\n\n' },
  }
  expect(read(entitiesAsYaml([decision, decision]))).toEqual([decision, decision])
})

test('any text comes back to the letter', () => {
  const text = fc.array(
    fc.constantFrom('a', ' ', '\n', '\t', '# ', '- ', ': ', "'", '"', '---', 'long words of all kinds ', '\\', '\r', '%'),
    {
      maxLength: 40,
    },
  )
  fc.assert(
    fc.property(text, (parts) => {
      const entity = { kind: 'Decision', spec: { body: parts.join('') } }
      expect(read(entitiesAsYaml([entity, entity]))).toEqual([entity, entity])
    }),
    { numRuns: 500, examples: [[['a', '"', '\n', ' ', '\n', ': ', '# ', 'long words of all kinds ', ': ']]] },
  )
})
