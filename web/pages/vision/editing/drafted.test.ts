import { expect, test } from 'vitest'
import { documentsOf } from './drafted.ts'

const outcome = (statement: string, more = {}) => ({ statement, measure: '', target: '', by: '', ...more })
const answers = {
  title: 'Parcels people can plan around',
  statement: 'Every parcel comes when it was promised.',
  horizon: '2028-12-31',
  outcomes: [
    outcome('Nobody waits at home.', { measure: 'business.missed', target: '0.01', by: '2027-12-31' }),
    outcome('Nobody waits at home.'),
    outcome(' '),
  ],
  principles: [{ statement: 'Ship small, reversible changes.', forbids: 'a change nobody can undo within an hour' }],
  reviewEvery: '90d',
}

test('answers become a vision, outcomes and principles; what is empty is left out, and no two have one name', () => {
  const [vision, ...rest] = documentsOf(answers, 'default')
  expect(vision!.spec).toEqual({
    statement: 'Every parcel comes when it was promised.',
    horizon: '2028-12-31',
    review: { every: '90d', with: ['product', 'business', 'engineering'] },
  })
  expect(rest.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Outcome nobody-waits-at-home',
    'Outcome nobody-waits-at-home-2',
    'Principle ship-small-reversible-changes',
  ])
  expect(rest[0]!.spec).toEqual({
    statement: 'Nobody waits at home.',
    measure: 'business.missed',
    target: { value: 0.01, by: '2027-12-31' },
  })
})

test('with three of a kind the vision names them', () => {
  const three = { ...answers, outcomes: [...answers.outcomes, outcome('Returns cost nothing.')] }
  expect(documentsOf(three, 'shop')[0]!.spec.outcomes).toEqual([
    'outcome:shop/nobody-waits-at-home',
    'outcome:shop/nobody-waits-at-home-2',
    'outcome:shop/returns-cost-nothing',
  ])
})
