import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Problem } from '../core/index.ts'
import { parseEvidence } from './wire.ts'

const deployment = {
  kind: 'deployment',
  source: 'ci',
  id: 'run-7',
  subject: 'component:checkout',
  at: '2026-05-04T11:30:00+02:00',
  commit: 'ABCDEF1234',
  finishedAt: '2026-05-04T09:30:00Z',
  outcome: 'success',
}

function problemsOf(value: unknown): Problem[] {
  const read = parseEvidence(value)
  return read.ok ? [] : read.problems
}

function valueOf(value: unknown) {
  const read = parseEvidence(value)
  if (!read.ok) throw new Error(read.problems[0]!.message)
  return read.value
}

test('a deployment is read with its subject in full, its moments in UTC and its commit in lower case', () => {
  expect(valueOf(deployment)).toMatchObject({ subject: 'component:default/checkout', at: '2026-05-04T09:30:00.000Z', commit: 'abcdef1234' })
})

test('fields nobody knows are kept', () => {
  expect(valueOf({ ...deployment, pipeline: { name: 'release' } })).toMatchObject({ pipeline: { name: 'release' } })
})

test('a deployment that names no environment is assumed to be production, and says so', () => {
  expect(valueOf(deployment)).toMatchObject({ environment: 'production', assumed: ['environment'] })
  expect(valueOf({ ...deployment, environment: null })).toMatchObject({ environment: 'production', assumed: ['environment'] })
  expect(valueOf({ ...deployment, environment: 'staging' })).not.toHaveProperty('assumed')
})

test('null in an optional field says that the field is empty', () => {
  expect(valueOf({ ...deployment, fixes: null })).toMatchObject({ none: ['fixes'] })
})

test('null in a field that must be there counts as missing', () => {
  expect(problemsOf({ ...deployment, commit: null })).toMatchObject([{ code: 'evidence.missing_field', path: 'commit' }])
  expect(problemsOf({ ...deployment, none: ['commit'] })).toMatchObject([{ code: 'evidence.missing_field', path: 'commit' }])
})

test('every refusal names the field, what was found and what would do', () => {
  expect(problemsOf({ ...deployment, outcome: 'ok', finishedAt: undefined, url: 'nope', confidence: 7 })).toMatchObject([
    { path: 'finishedAt', message: 'The field "finishedAt" is missing', fix: 'State text.' },
    { path: 'outcome', message: 'The field "outcome" cannot be "ok"', fix: 'Use one of success, failure, cancelled.' },
    { path: 'confidence', message: 'The field "confidence" cannot be 7', fix: 'State at most 1.' },
    { path: 'url', message: 'The field "url" cannot be "nope"' },
  ])
})

test('a kind the product does not know is refused with the kinds it knows', () => {
  const [problem] = problemsOf({ ...deployment, kind: 'deploy' })
  expect(problem).toMatchObject({ code: 'evidence.unknown_kind', path: 'kind' })
  expect(problem!.fix).toContain('work_item')
})

test('a day that does not exist and a year that cannot be written are refused', () => {
  expect(problemsOf({ ...deployment, at: '2026-02-30T00:00:00Z' })).toMatchObject([{ path: 'at' }])
  expect(problemsOf({ ...deployment, at: '9999-12-31T23:59:59-12:00' })).toMatchObject([{ path: 'at' }])
  expect(problemsOf({ ...deployment, at: '2026-05-04T09:30:00' })).toMatchObject([{ path: 'at' }])
})

test('a record cannot take itself back', () => {
  expect(problemsOf({ ...deployment, $retract: true })).toMatchObject([{ code: 'evidence.reserved_field' }])
})

test('a record nested a hundred thousand levels deep is refused, not followed down', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(problemsOf({ ...deployment, deep })).toMatchObject([{ code: 'evidence.too_deep' }])
})

test('whatever is handed in is read or refused with a reason, and never breaks the reader', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ kind: fc.constantFrom('commit', 'sli', 'event', 'toString', '__proto__') }), fc.object()),
      (value) => {
        const read = parseEvidence(value)
        expect(read.ok || (read.problems.length > 0 && read.problems.every((problem) => problem.code && problem.message))).toBe(true)
      },
    ),
  )
})
