import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseGlossary } from './glossary-text.ts'

test('a line of the glossary becomes a hint without marks', () => {
  const terms = parseGlossary('# Glossary\n\nText.\n\n- **Decision log**: All [records](#r) of a `repository`.\n')
  expect([...terms]).toEqual([['decision log', 'All records of a repository.']])
})

test('the glossary people read explains the words the app marks', () => {
  const terms = parseGlossary(readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8'))
  const marked = ['measure', 'baseline', 'forecast', 'guardrail', 'signal', 'exception', 'assumption', 'revision']
  expect(marked.filter((word) => !terms.has(word))).toEqual([])
})
