import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { History } from '../history/history.ts'
import { type Landing, landingOf } from '../message/landing.ts'
import { differenceOf } from './difference.ts'
import { type HistoryPlan, planOf } from './plan.ts'

type Step = { parents: number[]; says: number; number: number; later: number }

const MESSAGES = [
  'Step',
  'Faster (#N)',
  'Merge pull request #N from rosa/x\n\nTitle',
  "Merge branch 'x'",
  "Merge branch 'main' of host:ferry",
  "Merge branch 'develop'",
  'Part',
  'See merge request a/b!N',
]

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    parents: fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }),
    says: fc.nat(MESSAGES.length - 1),
    number: fc.integer({ min: 1, max: 8 }),
    later: fc.integer({ min: -50, max: 100 }),
  }),
  { minLength: 2, maxLength: 40 },
)

const nameOf = (step: number) => createHash('sha1').update(String(step)).digest('hex')

/** A history of any shape: each step stands on some earlier ones; now and then it begins anew. */
function historyOf(all: readonly Step[]): { history: History; landings: Map<number, Landing> } {
  const history = new History(40)
  const landings = new Map<number, Landing>()
  for (let step = all.length - 1; step >= 0; step--) {
    const { parents, says, number, later } = all[step]!
    const on = step === 0 ? [] : [...new Set(parents.filter((parent) => parent > 2).map((parent) => parent % step))]
    const commit = history.add(nameOf(step), on.map(nameOf))
    history.committedAt.set(commit, step * 10 + later)
    const trailers = MESSAGES[says] === 'Part' ? [['Part-of', `<https://host/-/merge_requests/${number}>`] as const] : []
    const landing = landingOf(
      { message: MESSAGES[says]!.replace('N', String(number)), parents: on.length, trailers, committerEmail: '' },
      'main',
    )
    if (landing) landings.set(commit, landing)
  }
  return { history, landings }
}

test('every commit HEAD reaches is in one change at most, and is a unit by itself only in none', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { history, landings } = historyOf(all)
      const head = history.find(nameOf(all.length - 1))
      const plan = planOf(history, head, landings)
      const reachable = history.reachable([head])
      const seen = new Map<number, string>()
      for (const change of plan.changes.values()) {
        for (const commit of change.commits) {
          expect(seen.get(commit)).toBeUndefined()
          expect([reachable[commit], plan.direct[commit]]).toEqual([1, 0])
          seen.set(commit, change.id)
        }
      }
      expect(plan.lines.order.length).toBe(reachable.reduce((sum, one) => sum + one, 0))
      for (let commit = 0; commit < history.names; commit++) expect(plan.lines.reaches(commit)).toBe(reachable[commit] === 1)
    }),
    { numRuns: 400 },
  )
})

test('what was written at one head and what a difference tells add up to what the next head says', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(60), { minLength: 2, maxLength: 5 }), (all, visits) => {
      const { history, landings } = historyOf(all)
      const direct = new Map<number, number>()
      const changes = new Map<string, string>()
      let before: HistoryPlan | null = null
      for (const visit of visits) {
        const now = planOf(history, history.find(nameOf(visit % all.length)), landings)
        const difference = differenceOf(history, before, now)
        for (const gone of difference.goneCommits) direct.delete(history.find(gone))
        for (const gone of difference.goneChanges) changes.delete(gone)
        for (const commit of difference.commits) direct.set(commit, now.direct[commit]!)
        for (const change of difference.changes) changes.set(change.id, [change.landed, ...change.commits].join())
        const whole = differenceOf(history, null, now)
        expect(direct).toEqual(new Map(whole.commits.map((commit) => [commit, now.direct[commit]!])))
        expect(changes).toEqual(new Map(whole.changes.map((change) => [change.id, [change.landed, ...change.commits].join()])))
        expect(difference.newCommits).toBe(whole.commits.filter((commit) => !before?.lines.reaches(commit)).length)
        before = now
      }
    }),
    { numRuns: 300 },
  )
})

test('thousands of merges nested in each other are read without running out of stack', () => {
  const history = new History(40)
  const depth = 20_000
  for (let step = depth; step >= 1; step--) history.add(nameOf(step), [nameOf(0), ...(step > 1 ? [nameOf(step - 1)] : [])])
  history.add(nameOf(0), [])
  expect(planOf(history, history.find(nameOf(depth)), new Map()).lines.order.length).toBe(depth + 1)
})
