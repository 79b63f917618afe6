import { DAY, formatInstant, type Instant, type Reading, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { judgeSignal, ofSignals, type SignalState, sinceWhen, type StatePeriod, worstKnown } from '../decide/index.ts'
import { readPrinciple } from '../intent/index.ts'
import type { PrincipleHistory, PrincipleView } from '../tell/principle-view.ts'
import { principleView } from '../tell/principle-view.ts'
import { decisionsOf } from './decisions.ts'
import type { Moment } from './moment.ts'
import { citing } from './page.ts'
import { judgedPrinciple, judgingGrounds, type JudgedPrinciple, type JudgingGrounds } from './principles.ts'

/** How far back it is told how a principle was lived. */
const BACK = 183 * DAY

type Context = Pick<Ground, 'catalog' | 'measures'>

/** One principle with how it was lived, month by month. */
export async function principlePage(
  ref: Ref,
  moment: Moment,
  context: Context,
): Promise<{ principle: PrincipleView; history: PrincipleHistory }> {
  const entity = await context.catalog.get(ref, moment.asOf)
  const principle = entity && readPrinciple(entity)
  if (!principle)
    throw new Refusal('principle.not_found', `No principle is called ${ref}`, {
      status: 404,
      fix: 'See /principles for all of them.',
      path: 'ref',
    })
  const grounds = await judgingGrounds([principle], moment, context)
  const judged = await judgedPrinciple(principle, grounds, moment, context)
  const cited = citing(ref, await decisionsOf(moment, context))
  return { principle: principleView(judged, cited, moment.at), history: await historyOf(judged, grounds, moment, context) }
}

interface Judged {
  subject: string
  from: Instant
  to: Instant
  state: SignalState
}

/** How each subject and team stood in each month, by the same rules and with the exceptions that held then. */
async function historyOf(
  { principle, verdict }: JudgedPrinciple,
  { words, exceptions, belonging }: JudgingGrounds,
  { scope, at, asOf }: Moment,
  { measures }: Context,
): Promise<PrincipleHistory> {
  const everything = `namespace:${scope}`
  const found: Judged[] = []
  for (const signal of principle.signals) {
    const ask = {
      measure: signal.measure,
      subject: signal.subject ?? everything,
      from: at - BACK,
      to: at,
      at,
      asOf,
      bucket: 'month' as const,
    }
    const each = signal.subject ? [] : await measures.readMany({ ...ask, by: 'component' })
    const readings = each.some(({ value }) => value !== null) ? each : await measures.readMany(ask)
    const judge = (reading: Reading): Judged => {
      const [from, to] = [Date.parse(reading.window.from), Date.parse(reading.window.to)]
      const where = { subject: reading.subject, to: belonging.namesOf(reading.subject) }
      const about = { measure: words.get(signal.measure) ?? null, where, exceptions, at: to - 1 }
      return { subject: reading.subject, from, to, state: judgeSignal(principle.ref, signal, reading, about).state }
    }
    found.push(...readings.map(judge))
  }
  const periods = [...new Map(found.map(({ from, to }) => [from, { from, to }])).values()].sort((a, b) => a.from - b.from)
  const bySubject = Map.groupBy(found, ({ subject }) => subject)
  const statesOf = (subject: string): StatePeriod[] =>
    periods.map(({ from, to }) => ({ from, to, state: ofSignals((bySubject.get(subject) ?? []).filter((one) => one.from === from)) }))
  const lines = verdict.subjects.map(({ subject, team, state }) => ({ subject, team, ...lineOf(statesOf(subject), state) }))
  const teams = verdict.teams.map(({ team, state }) => {
    const own = verdict.subjects.filter((one) => one.team === team).map(({ subject }) => statesOf(subject))
    const joint = periods.map(({ from, to }, index) => ({ from, to, state: worstKnown(own.map((states) => states[index]!)) }))
    return { team, ...lineOf(joint, state) }
  })
  return {
    periods: periods.map(({ from, to }) => ({ from: formatInstant(from), to: formatInstant(to) })),
    subjects: lines,
    teams,
  }
}

function lineOf(periods: readonly StatePeriod[], state: SignalState): { states: SignalState[]; since?: { at: string; atLeast: boolean } } {
  const since = sinceWhen(periods, state)
  return {
    states: periods.map((period) => period.state),
    ...(since ? { since: { at: formatInstant(since.at), atLeast: since.atLeast } } : {}),
  }
}
