import { type Instant, type Reading, type ReadingAsk, WEEK } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { judgeOutcome, PERIOD, type MeasureWords, type OutcomeGrounds, type OutcomeVerdict } from '../decide/index.ts'
import { type GuardrailIntent, type OutcomeIntent, readOutcome } from '../intent/index.ts'
import { wordsOf } from './measure-words.ts'
import type { Moment } from './moment.ts'
import { outlookOf } from './outlook.ts'

/** Length of the window a reading is judged by. */
const WINDOW = PERIOD
/** How far back weeks are read; a forecast learns from those before the baseline, too. */
const WEEKS = 104 * WEEK
/** Weeks shown where there is no baseline. */
const SHOWN = 26 * WEEK

/** Measures whose readings say what an outcome's measure is made of. */
const PARTS: Record<string, readonly string[]> = {
  'delivery.change_lead_time': ['delivery.review_wait', 'delivery.review_time', 'delivery.deploy_wait'],
}

/** An outcome with everything it was judged by. */
export interface JudgedOutcome {
  outcome: OutcomeIntent
  verdict: OutcomeVerdict
  measure: MeasureWords | null
  /** Weekly readings since the baseline. */
  series: Reading[]
  /** What its measure is made of, or is thought to be driven by. */
  drivers: { measure: string; title: string; reading: Reading }[]
}

type Context = Pick<Ground, 'catalog' | 'measures'>

/** All outcomes of a namespace, judged at a moment, in the order of their names. */
export async function judgedOutcomes(moment: Moment, context: Context): Promise<JudgedOutcome[]> {
  const entities = await context.catalog.list({ kind: 'outcome', namespace: moment.scope, limit: 1_000 }, moment.asOf)
  const outcomes = entities.flatMap((entity) => readOutcome(entity) ?? []).sort((a, b) => (a.ref < b.ref ? -1 : 1))
  const words = await wordsOf(outcomes.flatMap(measuresOf), moment.scope, context, moment.asOf)
  const judged: JudgedOutcome[] = []
  for (const outcome of outcomes) judged.push(await judge(outcome, words, moment, context))
  return judged
}

/** One outcome, judged at a moment. */
export async function judgedOutcome(outcome: OutcomeIntent, moment: Moment, context: Context): Promise<JudgedOutcome> {
  return judge(outcome, await wordsOf(measuresOf(outcome), moment.scope, context, moment.asOf), moment, context)
}

function measuresOf({ measure, guardrails }: OutcomeIntent): string[] {
  return [...(measure ? [measure, ...(PARTS[measure] ?? [])] : []), ...guardrails.map((rail) => rail.measure)]
}

async function judge(
  outcome: OutcomeIntent,
  words: ReadonlyMap<string, MeasureWords | null>,
  moment: Moment,
  context: Context,
): Promise<JudgedOutcome> {
  const { at } = moment
  const measure = outcome.measure ? (words.get(outcome.measure) ?? null) : null
  const grounds: OutcomeGrounds = { measure, reading: null, guardrails: [], at }
  if (!outcome.measure) return { outcome, measure, verdict: judgeOutcome(outcome, grounds), series: [], drivers: [] }

  const read = (id: string, subject: string, to: Instant) => context.measures.read(asking(id, subject, { from: to - WINDOW, to }, moment))
  const reading = await read(outcome.measure, outcome.subject, at)
  const weekly = await context.measures.readMany({
    ...asking(outcome.measure, outcome.subject, { from: at - WEEKS, to: at }, moment),
    bucket: 'week',
  })
  const known = weekly.slice(weekly.findIndex(({ n }) => n > 0))
  const shownFrom = outcome.baseline?.at ?? at - SHOWN
  const series = weekly.filter(({ window }) => Date.parse(window.from) >= shownFrom)
  const due = outcome.target?.by
  const over = due !== undefined && due <= at
  const outlook = over ? undefined : await outlookOf(outcome, known, { better: measure?.better, now: reading, at })
  const atDue = over ? await read(outcome.measure, outcome.subject, due) : undefined
  const watched: Reading[] = []
  for (const end of over ? [due + PERIOD, due + 2 * PERIOD] : [])
    if (end <= at) watched.push(await read(outcome.measure, outcome.subject, end))
  const guardrails: OutcomeGrounds['guardrails'][number][] = []
  for (const intent of outcome.guardrails) {
    const before = needsBaseline(intent) && outcome.baseline ? await read(intent.measure, intent.subject, outcome.baseline.at) : undefined
    guardrails.push({ intent, measure: words.get(intent.measure) ?? null, reading: await read(intent.measure, intent.subject, at), before })
  }
  const drivers: JudgedOutcome['drivers'] = []
  for (const part of PARTS[outcome.measure] ?? []) {
    if (context.measures.get(part))
      drivers.push({ measure: part, title: words.get(part)?.title ?? part, reading: await read(part, outcome.subject, at) })
  }
  return {
    outcome,
    measure,
    series,
    drivers,
    verdict: judgeOutcome(outcome, { ...grounds, reading, ...(outlook ? { outlook } : {}), atDue, watched, guardrails }),
  }
}

function needsBaseline(rail: GuardrailIntent): boolean {
  return rail.atMost === undefined && rail.atLeast === undefined
}

function asking(measure: string, subject: string, window: { from: Instant; to: Instant }, moment: Moment): ReadingAsk {
  return { measure, subject, ...window, at: moment.at, asOf: moment.asOf }
}
