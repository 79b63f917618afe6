import { expect, test } from 'vitest'
import { draftOf, whereOf, written } from './draft.ts'

const DOCUMENT = {
  apiVersion: 'throughline.dev/v1',
  kind: 'Experiment',
  metadata: { name: 'one-page', namespace: 'default', title: 'Book on one page' },
  spec: {
    hypothesis: 'One page takes less time.',
    measure: 'booking.seconds',
    expect: 'lower',
    arms: { control: { where: { page: 'three' } }, treatment: { where: { page: 'one' }, from: '2030-05-02' } },
    start: '2030-05-01',
    stop: { effect: 3, end: '2030-05-31', alpha: 0.01, least: 100 },
    guardrails: [{ measure: 'booking.errors', atMost: 0.02, subject: 'component:default/form' }],
    result: { state: 'supported', words: 'As expected.' },
  },
}

test('an experiment that is opened and saved says what it said, also where the form shows nothing of it', () => {
  expect(written(draftOf(DOCUMENT), 'default', DOCUMENT)).toEqual(DOCUMENT)
})

test('an arm is told by what its records carry, several with commas', () => {
  expect(whereOf('form = one-page, country=NO')).toEqual({ form: 'one-page', country: 'NO' })
  expect(whereOf(' ')).toEqual({})
})

test('a share in per cent is written as a share, and a slip stays as typed', () => {
  const draft = draftOf(undefined)
  expect(written({ ...draft, alpha: '5 %' }, 'default', undefined).spec.stop).toEqual({ alpha: 0.05 })
  expect(written({ ...draft, alpha: 'often' }, 'default', undefined).spec.stop).toEqual({ alpha: 'often' })
})
