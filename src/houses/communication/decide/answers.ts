import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { ToDecide } from './deciding.ts'

/** For how long a default that was taken stands before the same is asked again. */
const DEFAULT_STANDS_DAYS = 28

/** What somebody said to something that waits for a decision. */
export interface AnswerEntry {
  /** What it was said to. */
  key: string
  /** What that is about. */
  refs: Ref[]
  /** Took the default, took that back; asked its owner something, called that settled. */
  does: 'keep' | 'reopen' | 'ask' | 'settle'
  /** Of what was asked: the same when it is settled, and when it is asked again. */
  id?: string | undefined
  text?: string | undefined
  by: Ref
  on: Instant
}

/** Something asked and not settled yet. */
export interface Asked {
  id: string
  by: Ref
  on: Instant
  text: string
}

/** The default that was taken, by whom, and until when it stands. */
export interface Kept {
  by: Ref
  on: Instant
  until: Instant
}

/** A name for what waits: another limit that breaks, another day that passes or another proposal is another question. */
export function keyOf(item: ToDecide, scope: string): string {
  return [item.kind, scope, ...detailOf(item)].join(' ')
}

function detailOf(item: ToDecide): (string | number)[] {
  switch (item.kind) {
    case 'budget_burns':
      return [item.service, ...item.alerts.map(({ id }) => id).sort((a, b) => a - b)]
    case 'gate_holds':
      return [item.held.component, item.held.commit ?? '', item.held.since]
    case 'assumption_broken':
    case 'tripwire_fired':
      return [item.decision.ref, item.judgement.reading?.measure ?? '', item.judgement.reading?.subject ?? '']
    case 'revisit':
      return [item.decision.ref, item.by]
    case 'exception_expired':
    case 'exception_expiring':
      return [item.exception.ref, item.exception.until]
    case 'review_due':
      return [item.review.vision, item.review.due]
    case 'proposals':
      return item.decisions.map(({ ref }) => ref).sort()
    case 'suggestions':
      return []
  }
}

/** Whether the default was taken and still stands. */
export function keptBy(key: string, entries: readonly AnswerEntry[], at: Instant): Kept | null {
  const last = latest(entries.filter((entry) => entry.key === key && (entry.does === 'keep' || entry.does === 'reopen')))
  if (last?.does !== 'keep') return null
  const until = last.on + DEFAULT_STANDS_DAYS * DAY
  return until > at ? { by: last.by, on: last.on, until } : null
}

/** What was asked and is not settled, oldest first; of those entries that are about it. */
export function openQuestions(entries: readonly AnswerEntry[], isAbout: (entry: AnswerEntry) => boolean): Asked[] {
  const said = Map.groupBy(
    entries.filter((entry) => entry.id !== undefined && isAbout(entry)),
    ({ id }) => id!,
  )
  return [...said]
    .flatMap(([id, about]) => {
      const first = about.findLast(({ does, text }) => does === 'ask' && text !== undefined)
      return first && latest(about)!.does === 'ask' ? [{ id, by: first.by, on: first.on, text: first.text! }] : []
    })
    .sort((a, b) => a.on - b.on || (a.id < b.id ? -1 : 1))
}

/** Entries come newest first; of one moment the one written last counts. */
function latest(entries: readonly AnswerEntry[]): AnswerEntry | undefined {
  return entries.reduce<AnswerEntry | undefined>((last, entry) => (last === undefined || entry.on > last.on ? entry : last), undefined)
}
