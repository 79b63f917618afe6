import type { SubjectShare } from '../catalog/index.ts'
import { DAY, dayWords, type Instant } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import type { Answer } from './answer.ts'
import type { CollectAsk, MeasureDefinition } from './measures.ts'

/** What retention forgot of one piece of a question. */
export interface Forgotten {
  records: number
  /** Nothing that happened before this can be looked up any more. */
  before: Instant
  /** Whether what the records came to was derived before and is kept. */
  outlived: boolean
}

interface ForgottenDay {
  subject: string
  day: Instant
  records: number
}

/**
 * For each piece, what was forgotten of the records its answer rests on; null where nothing was. Records that are gone
 * are gone from the past too, so that it does not matter as of when somebody asks, except for what was derived for the
 * present.
 */
export async function forgottenBehind(
  store: Store,
  { kinds, outlives }: Pick<MeasureDefinition, 'kinds' | 'outlives'>,
  ask: CollectAsk,
): Promise<(Forgotten | null)[]> {
  const { pieces, asOf } = ask
  if (pieces.length === 0) return []
  const from = Math.min(...pieces.map(({ window }) => window.from))
  const to = Math.max(...pieces.map(({ window }) => window.to))
  const subjects = [...new Set(pieces.flatMap(({ shares }) => shares.flatMap(subjectsOf)))]
  const days = await store.query<ForgottenDay>(sql`
    select subject, day::timestamp at time zone 'UTC' as day, sum(records)::bigint as records from forgotten
    where subject = any(${subjects}::text[]) and kind = any(${[...kinds]}::text[])
      and day >= (${instant(from)} at time zone 'UTC')::date and day <= (${instant(to)} at time zone 'UTC')::date
    group by subject, day`)
  if (days.length === 0) return pieces.map(() => null)
  const whole = outlives && asOf === null ? await outlives(ask) : null
  return pieces.map(({ shares, window }, index) => {
    const own = new Set(shares.flatMap(subjectsOf))
    const lost = days.filter(({ subject, day }) => own.has(subject) && day + DAY > window.from && day < window.to)
    if (lost.length === 0) return null
    const wholeFrom = whole?.[index] ?? null
    return {
      records: lost.reduce((sum, { records }) => sum + records, 0),
      before: Math.max(...lost.map(({ day }) => day + DAY)),
      outlived: whole !== null && (wholeFrom === null || wholeFrom <= window.from),
    }
  })
}

/** Unknown, because the records are gone: never a number made of what happens to be left. */
export function beyondRetention({ records, before }: Forgotten): Pick<Answer, 'value' | 'unknown' | 'n' | 'interval' | 'quantiles'> {
  return {
    value: null,
    n: 0,
    quantiles: undefined,
    interval: undefined,
    unknown: {
      code: 'beyond_retention',
      why: `${records.toLocaleString('en-GB')} ${records === 1 ? 'record' : 'records'} of this window ${records === 1 ? 'was' : 'were'} forgotten, because their kind is not kept that long.`,
      fix: `Ask from ${dayWords(before)} on, or keep the kind longer from now on ("throughline retention").`,
    },
  }
}

function subjectsOf(share: SubjectShare): string[] {
  return share.repository ? [...share.subjects, share.repository] : [...share.subjects]
}
