import { DAY, type Judgement, type Reading } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type DecisionIntent, isInForce, type LimitIntent, type Moment, wordsOf } from '../../vision/index.ts'
import { judgeLimit } from '../decide/watched.ts'

type Context = Pick<Ground, 'catalog' | 'measures'>

/** A limit a decision set, judged. */
export interface JudgedLimit {
  decision: DecisionIntent
  judgement: Judgement
  because?: string
}

/** What decisions in force rest on, and what they said would show first that they fail. */
export interface Watched {
  assumptions: JudgedLimit[]
  tripwires: JudgedLimit[]
}

const FIELDS = ['assumptions', 'tripwires'] as const

/** Reads every limit that decisions in force set; what several of them watch is read once. */
export async function watchedOf(decisions: readonly DecisionIntent[], moment: Moment, context: Context): Promise<Watched> {
  const watching = decisions.filter((decision) => isInForce(decision) && decision.assumptions.length + decision.tripwires.length > 0)
  const limits = watching.flatMap((decision) => FIELDS.flatMap((field) => decision[field]))
  const words = await wordsOf([...new Set(limits.map(({ measure }) => measure))], moment.scope, context, moment.asOf)
  const watched: Watched = { assumptions: [], tripwires: [] }
  const readings = new Map<string, Reading>()
  for (const decision of watching) {
    for (const field of FIELDS) {
      const read = field === 'assumptions' ? readFourWeeks : readNewest
      for (const limit of decision[field]) {
        const asked = JSON.stringify([field, limit.measure, limit.subject])
        const reading = readings.get(asked) ?? (await read(limit, moment, context))
        readings.set(asked, reading)
        const judgement = judgeLimit(decision.ref, limit, words.get(limit.measure) ?? null, reading)
        watched[field].push({ decision, judgement, because: limit.because })
      }
    }
  }
  return watched
}

function readFourWeeks({ measure, subject }: LimitIntent, { at, asOf }: Moment, { measures }: Context): Promise<Reading> {
  return measures.read({ measure, subject, from: at - 28 * DAY, to: at, at, asOf })
}

/**
 * A tripwire has to show early. A value that was sent in is a reading already, so the newest decides: of a roll-up, those
 * of the day that ends with it. What is counted from records here is read over four weeks, since a day of it says little.
 */
async function readNewest(limit: LimitIntent, moment: Moment, context: Context): Promise<Reading> {
  const whole = await readFourWeeks(limit, moment, context)
  if (whole.value === null || context.measures.get(limit.measure)) return whole
  const { measure, subject } = limit
  const { at, asOf } = moment
  const { bucket, points } = await context.measures.series({ measure, subject, from: at - 28 * DAY, to: at, at, asOf })
  const newest = points.findLast(({ value }) => value !== null)
  if (bucket !== null || !newest) return whole
  return context.measures.read({ measure, subject, from: whole.covers ? newest.at - DAY + 1 : newest.at, to: at, at, asOf })
}
