import type { MondayView } from './monday.ts'

type Told = Pick<MondayView, 'at' | 'outcomes' | 'decide'>

/** What is otherwise on one Monday than on an earlier one: outcomes whose state changed, questions that came and went. */
export function mondayCompared(now: Told, before: Told): NonNullable<MondayView['compared']> {
  const was = new Map(before.outcomes.map((outcome) => [outcome.ref, outcome]))
  const is = new Set(now.outcomes.map(({ ref }) => ref))
  const asked = new Set(before.decide.map(({ question }) => question))
  const asks = new Set(now.decide.map(({ question }) => question))
  return {
    at: before.at,
    outcomes: [
      ...now.outcomes.map(({ ref, title, state }) => ({ ref, title, was: was.get(ref)?.state ?? null, now: state })),
      ...before.outcomes.filter(({ ref }) => !is.has(ref)).map(({ ref, title, state }) => ({ ref, title, was: state, now: null })),
    ].filter((outcome) => outcome.was !== outcome.now),
    asked: [...asks].filter((question) => !asked.has(question)),
    settled: [...asked].filter((question) => !asks.has(question)),
  }
}
