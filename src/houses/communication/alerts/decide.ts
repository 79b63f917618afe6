import type { Audience } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { News, Watch } from '../../../ground/measures/index.ts'

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
  /** By which messages about it are found; null as long as nobody was told. */
  told: number | null
  /** Who has put it aside, and when. */
  seen: { by: Ref; on: Instant } | null
}

const EVERYBODY: readonly Audience[] = ['executive', 'product', 'engineering']

/** What is watched, each measure of a subject once. */
export function watchedOf(
  scope: string,
  outcomes: readonly { ref: Ref; title: string; subject: Ref; measure?: string | undefined }[],
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
  for (const { ref, title, subject, measure } of outcomes) if (measure) add(measure, subject, EVERYBODY, [{ ref, title }])
  for (const { id, audiences } of headlines) add(id, `namespace:${scope}`, audiences, [])
  return [...found.values()]
}

/** Days by which the place of a change may move while values come in, and still be the one that was seen. */
const SAME_DAYS = 14

/** What was noted of a change when it was seen or told. */
export interface NotedChange {
  measure: string
  subject: Ref
  /** Whether the level rose. */
  up: boolean
  at: Instant
}

/** Whether what was noted is of this change: it goes the same way, and its day has moved only a little since. */
export function isOf(
  { measure, subject, up, at }: NotedChange,
  { change, ...news }: Pick<News, 'measure' | 'subject' | 'change'>,
): boolean {
  return (
    measure === news.measure &&
    subject === news.subject &&
    up === change.after > change.before &&
    Math.abs(at - Date.parse(change.at)) <= SAME_DAYS * DAY
  )
}

/** The last word on a change: who has put it aside and not taken that back. */
export function seenBy(news: Pick<News, 'measure' | 'subject' | 'change'>, entries: readonly SeenEntry[]): Alert['seen'] {
  const last = entries
    .filter((entry) => isOf({ ...entry, at: Date.parse(entry.at) }, news))
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
