import { type Judgement, type JudgementState, STATE_ORDER } from '../../../ground/core/index.ts'

/** A thing that is judged, at one moment. */
export interface Judged {
  ref: string
  title: string
  state: JudgementState
  because: string
}

/** What is known of the strategy at one moment. */
export interface Known {
  outcomes: readonly Judged[]
  principles: readonly Judged[]
  /** Reasons of decisions in force, by decision and rule. */
  assumptions: readonly { ref: string; title: string; judgement: Judgement }[]
}

/** A measure whose level changed since. */
export interface LevelChange {
  measure: string
  title: string
  subject: string
  unit: string
  before: number
  after: number
  at: string
  confidence: number
}

/** Something to talk about, with what it was and is. */
export type AgendaItem =
  | { kind: 'outcome' | 'principle'; how: 'worse' | 'better' | 'new' | 'still' | 'gone'; before?: JudgementState; thing: Judged }
  | { kind: 'assumption'; how: 'worse' | 'still'; ref: string; title: string; rule: string }
  | { kind: 'measure'; change: LevelChange }

/** How a review goes through them: what got worse, what is still bad, reasons that fell, then the rest. */
const ORDER = { worse: 0, still: 1, new: 2, gone: 3, better: 4 } as const
const KINDS = { outcome: 0, assumption: 1, principle: 2, measure: 3 } as const
const BAD: readonly JudgementState[] = ['missed', 'at_risk']

/**
 * The agenda: what moved since the last review, and what is bad and did not move.
 * @param before null at the first review: then everything that is not well is on it
 */
export function agendaOf(before: Known | null, now: Known, changes: readonly LevelChange[]): AgendaItem[] {
  const items: AgendaItem[] = [
    ...moved('outcome', before?.outcomes, now.outcomes),
    ...moved('principle', before?.principles, now.principles),
    ...fallen(before?.assumptions, now.assumptions),
    ...changes.map((change): AgendaItem => ({ kind: 'measure', change })),
  ]
  return items.sort((a, b) => place(a) - place(b))
}

function moved(kind: 'outcome' | 'principle', before: readonly Judged[] | undefined, now: readonly Judged[]): AgendaItem[] {
  const was = new Map((before ?? []).map((thing) => [thing.ref, thing]))
  const stands = new Set(now.map((thing) => thing.ref))
  return [
    ...now.flatMap((thing): AgendaItem[] => {
      const earlier = was.get(thing.ref)
      if (before && !earlier) return [{ kind, how: 'new', thing }]
      if (earlier && earlier.state !== thing.state)
        return [{ kind, how: STATE_ORDER[thing.state] < STATE_ORDER[earlier.state] ? 'worse' : 'better', before: earlier.state, thing }]
      return BAD.includes(thing.state) ? [{ kind, how: 'still', thing }] : []
    }),
    ...(before ?? []).filter((thing) => !stands.has(thing.ref)).map((thing): AgendaItem => ({ kind, how: 'gone', thing })),
  ]
}

function fallen(before: Known['assumptions'] | undefined, now: Known['assumptions']): AgendaItem[] {
  const broken = ({ judgement }: Known['assumptions'][number]) => judgement.state === 'missed'
  const already = new Set((before ?? []).filter(broken).map((one) => one.ref))
  return now.filter(broken).map(({ ref, title, judgement }) => ({
    kind: 'assumption',
    how: already.has(ref) ? 'still' : 'worse',
    ref,
    title,
    rule: judgement.rule,
  }))
}

function place(item: AgendaItem): number {
  const how = item.kind === 'measure' ? 3.5 : ORDER[item.how]
  return how * 10 + KINDS[item.kind]
}
