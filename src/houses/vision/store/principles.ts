import { DAY, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { judgePrinciple, judgeSignal, type MeasureWords, type PrincipleVerdict, type SignalVerdict } from '../decide/index.ts'
import { type ExceptionIntent, type PrincipleIntent, readException, readPrinciple, type SignalIntent } from '../intent/index.ts'
import { type Belonging, belongingOf } from './belonging.ts'
import { wordsOf } from './measure-words.ts'
import type { Moment } from './moment.ts'

/** A principle with everything it was judged by. */
export interface JudgedPrinciple {
  principle: PrincipleIntent
  verdict: PrincipleVerdict
  /** Title of each measure its signals read. */
  measures: ReadonlyMap<string, MeasureWords | null>
}

type Context = Pick<Ground, 'catalog' | 'measures'>

/** What every principle of a namespace is judged with, read once. */
export interface JudgingGrounds {
  words: ReadonlyMap<string, MeasureWords | null>
  exceptions: readonly ExceptionIntent[]
  belonging: Belonging
}

export async function judgingGrounds(principles: readonly PrincipleIntent[], moment: Moment, context: Context): Promise<JudgingGrounds> {
  const ids = principles.flatMap((principle) => principle.signals.map((signal) => signal.measure))
  return {
    words: await wordsOf(ids, moment.scope, context, moment.asOf),
    exceptions: await exceptionsOf(moment, context),
    belonging: await belongingOf(moment, context),
  }
}

/** All principles of a namespace, judged at a moment for every component, in the order of their names. */
export async function judgedPrinciples(moment: Moment, context: Context): Promise<JudgedPrinciple[]> {
  const entities = await context.catalog.list({ kind: 'principle', namespace: moment.scope, limit: 1_000 }, moment.asOf)
  const principles = entities.flatMap((entity) => readPrinciple(entity) ?? []).sort((a, b) => (a.ref < b.ref ? -1 : 1))
  if (principles.length === 0) return []
  const grounds = await judgingGrounds(principles, moment, context)
  const judged: JudgedPrinciple[] = []
  for (const principle of principles) judged.push(await judgedPrinciple(principle, grounds, moment, context))
  return judged
}

/** One principle, judged at a moment for every component. */
export async function judgedPrinciple(
  principle: PrincipleIntent,
  grounds: JudgingGrounds,
  moment: Moment,
  context: Context,
): Promise<JudgedPrinciple> {
  const { words, exceptions, belonging } = grounds
  const signals: SignalVerdict[] = []
  for (const signal of principle.signals) signals.push(...(await readSignal(principle, signal, grounds, moment, context)))
  return { principle, measures: words, verdict: judgePrinciple(principle, signals, belonging.ownerOf, exceptions, moment.at) }
}

/** Exceptions of a namespace as they were declared by then. */
export async function exceptionsOf(moment: Moment, { catalog }: Pick<Ground, 'catalog'>): Promise<ExceptionIntent[]> {
  const entities = await catalog.list({ kind: 'exception', namespace: moment.scope, limit: 10_000 }, moment.asOf)
  return entities.flatMap((entity) => readException(entity) ?? [])
}

async function readSignal(
  principle: PrincipleIntent,
  signal: SignalIntent,
  { words, exceptions, belonging }: JudgingGrounds,
  moment: Moment,
  { measures }: Context,
): Promise<SignalVerdict[]> {
  const { at, asOf } = moment
  const everything = `namespace:${moment.scope}`
  const ask = { measure: signal.measure, subject: signal.subject ?? everything, from: at - 28 * DAY, to: at, at, asOf }
  const each = signal.subject ? [] : await measures.readMany({ ...ask, by: 'component' })
  // A measure nobody reports per component is judged for the whole namespace.
  const readings = each.some((reading) => reading.value !== null) ? each : [await measures.read(ask)]
  const judge = (reading: (typeof readings)[number]) => {
    const subject: Ref = reading.subject
    return judgeSignal(principle.ref, signal, reading, {
      measure: words.get(signal.measure) ?? null,
      where: { subject, to: belonging.namesOf(subject) },
      exceptions,
      at,
    })
  }
  return readings.map(judge)
}
