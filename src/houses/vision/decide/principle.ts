import type { Instant, JudgementState, Judgement, Ref } from '../../../ground/core/index.ts'
import type { ExceptionIntent, PrincipleIntent } from '../intent/intents.ts'
import { splitExceptions } from './exception.ts'
import type { SignalState, SignalVerdict } from './signal.ts'

/** A component or repository under one principle: the worst of its signals. */
interface SubjectVerdict {
  subject: string
  team?: Ref
  state: SignalState
  signals: SignalVerdict[]
}

/** A team under one principle: the worst of what it owns. */
interface TeamVerdict {
  team: Ref
  state: SignalState
  /** What it owns that breaks the principle. */
  broken: string[]
  subjects: number
}

export interface PrincipleVerdict {
  judgement: Judgement
  /** Worst first. */
  subjects: SubjectVerdict[]
  teams: TeamVerdict[]
  counts: Record<SignalState, number>
  exceptions: { live: ExceptionIntent[]; expired: ExceptionIntent[] }
}

/** Broken before unknown before excepted before held: the order in which a reader wants them. */
const WORST: Record<SignalState, number> = { broken: 0, unknown: 1, excepted: 2, held: 3 }

/**
 * A principle is held when everything that could be judged holds it, broken when anything breaks it without a live
 * exception, unknown when nothing could be judged. Subjects are judged one by one and never blended.
 * @param signals one verdict for every signal and subject
 * @param teamOf the group that owns a subject
 */
export function judgePrinciple(
  principle: PrincipleIntent,
  signals: readonly SignalVerdict[],
  teamOf: (subject: string) => Ref | undefined,
  exceptions: readonly ExceptionIntent[],
  at: Instant,
): PrincipleVerdict {
  const subjects = [...Map.groupBy(signals, (signal) => signal.subject)].map(([subject, own]): SubjectVerdict => {
    const team = teamOf(subject)
    return { subject, state: ofSignals(own), signals: own, ...(team ? { team } : {}) }
  })
  subjects.sort((a, b) => WORST[a.state] - WORST[b.state] || compare(a.subject, b.subject))
  const counts: Record<SignalState, number> = { held: 0, broken: 0, excepted: 0, unknown: 0 }
  for (const subject of subjects) counts[subject.state]++
  const state: JudgementState = counts.broken > 0 ? 'missed' : counts.held + counts.excepted > 0 ? 'met' : 'unknown'
  const split = splitExceptions(exceptions, principle.ref, at)
  const evidence = [
    principle.ref,
    ...split.live.map((exception) => exception.ref),
    ...subjects.filter((subject) => subject.state === 'broken').map((subject) => subject.subject),
  ]
  return {
    judgement: { intent: principle.ref, state, rule: ruleInWords(principle, counts), evidence },
    subjects,
    teams: byTeam(subjects),
    counts,
    exceptions: split,
  }
}

/** One broken signal breaks the subject; a known one speaks louder than an unknown one. */
export function ofSignals(signals: readonly Pick<SignalVerdict, 'state'>[]): SignalState {
  const states = new Set(signals.map((signal) => signal.state))
  for (const state of ['broken', 'excepted', 'held'] as const) if (states.has(state)) return state
  return 'unknown'
}

function byTeam(subjects: readonly SubjectVerdict[]): TeamVerdict[] {
  const owned = Map.groupBy(
    subjects.filter((subject) => subject.team !== undefined),
    (subject) => subject.team!,
  )
  return [...owned]
    .map(([team, own]): TeamVerdict => ({
      team,
      state: worstKnown(own),
      broken: own.filter((subject) => subject.state === 'broken').map((subject) => subject.subject),
      subjects: own.length,
    }))
    .sort((a, b) => WORST[a.state] - WORST[b.state] || b.broken.length - a.broken.length || compare(a.team, b.team))
}

export function worstKnown(subjects: readonly Pick<SubjectVerdict, 'state'>[]): SignalState {
  for (const state of ['broken', 'excepted', 'held'] as const) if (subjects.some((subject) => subject.state === state)) return state
  return 'unknown'
}

function ruleInWords(principle: PrincipleIntent, counts: Record<SignalState, number>): string {
  if (principle.signals.length === 0) return 'nobody has named a measure that would show whether it is lived'
  const judged = counts.held + counts.broken + counts.excepted
  if (judged === 0) return 'none of its signals could be read'
  const parts = [
    counts.broken > 0
      ? `broken in ${counts.broken} of ${judged}`
      : counts.excepted > 0
        ? `held in ${counts.held} of ${judged}`
        : judged === 1
          ? 'held'
          : `held in all ${judged}`,
  ]
  if (counts.excepted > 0) parts.push(`${counts.excepted} excepted`)
  if (counts.unknown > 0) parts.push(`${counts.unknown} unknown`)
  return parts.join(', ')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
