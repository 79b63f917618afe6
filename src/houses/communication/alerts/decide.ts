import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { News, Watch } from '../../../ground/measures/index.ts'

/** Whom a change is told to. */
export type Audience = 'executive' | 'product' | 'engineering'

/** Why a measure is watched: it is a headline of an audience, or an outcome is held against it, which concerns everybody. */
export interface Watched extends Watch {
  audiences: readonly Audience[]
  outcomes: readonly { ref: Ref; title: string }[]
}

/** That somebody has seen a change, or has taken that back. */
export interface SeenEntry {
  measure: string
  subject: Ref
  at: string
  up: boolean
  seen: boolean
  by: Ref
  on: Instant
}

/** A change of level that matters to somebody. */
export interface Alert extends News, Watched {
  /** Who has put it aside, and when. */
  seen: { by: Ref; on: Instant } | null
}

const EVERYBODY: readonly Audience[] = ['executive', 'product', 'engineering']

/** What is watched, each measure of a subject once. */
export function watchedOf(
  scope: string,
  outcomes: readonly { ref: Ref; title: string; subject: Ref; measure?: { id: string } | undefined }[],
  headlines: readonly { id: string; audiences: readonly Audience[] }[],
): Watched[] {
  const found = new Map<string, Watched>()
  const add = (measure: string, subject: Ref, audiences: readonly Audience[], more: Watched['outcomes']) => {
    const before = found.get(`${measure} ${subject}`)
    found.set(`${measure} ${subject}`, {
      measure,
      subject,
      audiences: EVERYBODY.filter((one) => audiences.includes(one) || before?.audiences.includes(one)),
      outcomes: [...(before?.outcomes ?? []), ...more],
    })
  }
  for (const { ref, title, subject, measure } of outcomes) if (measure) add(measure.id, subject, EVERYBODY, [{ ref, title }])
  for (const { id, audiences } of headlines) add(id, `namespace:${scope}`, audiences, [])
  return [...found.values()]
}

/** Days by which the place of a change may move while values come in, and still be the one that was seen. */
const SAME_DAYS = 14

/** The last word on a change: who has put it aside and not taken that back. */
export function seenBy(
  { measure, subject, change }: Pick<News, 'measure' | 'subject' | 'change'>,
  entries: readonly SeenEntry[],
): Alert['seen'] {
  const last = entries
    .filter(
      (entry) =>
        entry.measure === measure &&
        entry.subject === subject &&
        entry.up === change.after > change.before &&
        Math.abs(Date.parse(entry.at) - Date.parse(change.at)) <= SAME_DAYS * 86_400_000,
    )
    .reduce<SeenEntry | null>((latest, entry) => (latest === null || entry.on >= latest.on ? entry : latest), null)
  return last?.seen ? { by: last.by, on: last.on } : null
}

/** Worst first: for the worse, then those nobody has judged, then for the better; outcomes before headlines, larger ones first. */
export function worstFirst(alerts: readonly Alert[]): Alert[] {
  const rank = { worse: 0, better: 2 }
  const weight = ({ change, outcomes }: Alert) => [
    change.effect ? rank[change.effect] : 1,
    outcomes.length > 0 ? 0 : 1,
    -(change.size ?? Number.MAX_VALUE),
  ]
  return alerts.toSorted((a, b) => {
    const [one, other] = [weight(a), weight(b)]
    const place = one.findIndex((value, index) => value !== other[index])
    return place === -1 ? (`${a.measure} ${a.subject}` < `${b.measure} ${b.subject}` ? -1 : 1) : one[place]! - other[place]!
  })
}
