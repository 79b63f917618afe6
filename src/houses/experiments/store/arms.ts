import { DAY, type Instant, refNamespace, Refusal, type Row } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Look, Running } from '../assess/index.ts'
import type { ExperimentSpec } from '../intent.ts'
import { momentOf } from './rule.ts'

type Arm = ExperimentSpec['arms']['control']

/** Values read of an arm at most. */
const MOST_VALUES = 10_000

/** When an experiment is looked at. */
export interface Span {
  start: Instant
  until: Instant
  at: Instant
  asOf: Instant
}

/** The values of both arms. What stands in the way of reading them is told as a reservation. */
export async function armsOf(
  ref: string,
  { measure, arms }: ExperimentSpec,
  { start, until, at, asOf }: Span,
  { measures }: Pick<Ground, 'measures'>,
  reservations: string[],
): Promise<{ control: Row[]; treatment: Row[] }> {
  const rowsOf = async (arm: Arm): Promise<Row[]> => {
    const from = arm.from === undefined ? start : momentOf(arm.from)
    const to = Math.min(arm.to === undefined ? until : momentOf(arm.to), at)
    if (from >= to) return []
    const subject = arm.subject ?? `namespace:${refNamespace(ref)}`
    const rows = await measures.rows({ measure, subject, where: arm.where ?? {}, from, to, at, asOf, limit: MOST_VALUES })
    if (rows.length >= MOST_VALUES) reservations.push(`only the newest ${MOST_VALUES.toLocaleString('en-GB')} values of an arm are read`)
    return rows.filter((row) => row.value !== null && !row.excluded && row.at !== undefined)
  }
  try {
    return { control: await rowsOf(arms.control), treatment: await rowsOf(arms.treatment) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reservations.push(`the arms cannot be read: ${[error.problem.message, error.problem.fix].filter(Boolean).join(' ')}`.replace(/\.$/, ''))
    return { control: [], treatment: [] }
  }
}

/** Both arms by the end of each day, from the first day that has a value on. */
export function looksOf({ control, treatment }: { control: Row[]; treatment: Row[] }, { start, until }: Span): (Look & { at: Instant })[] {
  const arms = [control, treatment].map((rows) => ({
    rows: rows.toSorted((a, b) => (a.at! < b.at! ? -1 : 1)),
    next: 0,
    sum: new Running(),
  }))
  const firsts = arms.flatMap(({ rows }) => (rows[0] ? [Date.parse(rows[0].at!)] : []))
  if (firsts.length === 0) return []
  const skipped = Math.max(0, Math.floor((Math.min(...firsts) - start) / DAY))
  const looks: (Look & { at: Instant })[] = []
  for (let day = start + (skipped + 1) * DAY; day - DAY < until; day += DAY) {
    for (const arm of arms)
      for (; arm.next < arm.rows.length && Date.parse(arm.rows[arm.next]!.at!) < day; arm.next += 1) arm.sum.add(arm.rows[arm.next]!.value!)
    looks.push({ at: Math.min(day, until), control: arms[0]!.sum.sample(), treatment: arms[1]!.sum.sample() })
  }
  return looks
}
