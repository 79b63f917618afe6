import { type Entity, MeasureSource } from '../../ground/catalog/index.ts'
import { type Bucket, formatInstant, formatWindow, type ReadingAsk, refNamespace } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { resolveAsk } from '../../ground/measures/index.ts'
import { eventNames, scopeOf } from './store/index.ts'
import { type BusinessView, headlineOf, type MeasureView, QUESTIONS } from './tell/overview.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures' | 'clock'>

/** The tag of a measure that tells of what gets in people's way: support contacts, satisfaction, whatever is sent in. */
const FRICTION = 'friction'
/** Measures shown at most, of each question. */
const MOST = 8
const MOST_DECLARED = 10_000

/** Everything the page about the people who use the product shows, from one moment. */
export async function businessOverview(wish: Omit<ReadingAsk, 'measure'> & { bucket: Bucket }, context: Context): Promise<BusinessView> {
  const { bucket, ...common } = wish
  const ask = resolveAsk({ ...common, measure: '' }, await context.ledger.present())
  const namespace = ask.subject.startsWith('namespace:') ? ask.subject.slice('namespace:'.length) : refNamespace(ask.subject)
  const chosen = chosenFrom(await context.catalog.list({ kind: 'measure', namespace, limit: MOST_DECLARED }, ask.asOf))
  const outcomes = await context.catalog.list({ kind: 'outcome', namespace }, ask.asOf)
  const listed = new Map((await context.measures.listAll(namespace, ask.asOf)).map((one) => [one.id, one]))
  const same = { ...common, from: ask.window.from, to: ask.window.to, at: ask.at, asOf: ask.asOf }
  const told: (MeasureView & Pick<Chosen, 'source'>)[] = []
  for (const { about, entity, source } of chosen) {
    const { name: id, title = id } = entity.metadata
    const reading = await context.measures.read({ ...same, measure: id })
    const series = await context.measures.readMany({ ...same, measure: id, bucket })
    const { question = title, better, definition = '' } = listed.get(id) ?? {}
    const served = outcomes
      .filter(({ spec }) => spec.measure === id)
      .map(({ ref, metadata }) => ({ ref, title: metadata.title ?? metadata.name }))
    const what = { id, title, question, unit: reading.unit, ...(better ? { better } : {}), definition }
    told.push({ ...what, about, outcomes: served, reading, series, source })
  }
  const anyAsked = told.some(({ about }) => about !== FRICTION)
  return {
    subject: ask.subject,
    window: formatWindow(ask.window),
    at: formatInstant(ask.at),
    asOf: formatInstant(ask.asOf),
    headline: headlineOf(told),
    measures: told.map(({ source: _source, ...view }) => view),
    events: anyAsked ? [] : await namesIn(ask, context),
  }
}

/** A measure that is told, and what it is answered from. */
interface Chosen {
  about: MeasureView['about']
  entity: Entity
  source: MeasureSource | null
}

function chosenFrom(entities: readonly Entity[]): Chosen[] {
  const declared = entities.map((entity) => ({ entity, source: MeasureSource.safeParse(entity.spec.source).data ?? null }))
  const asked = QUESTIONS.flatMap((about) =>
    declared
      .filter(({ source }) => source?.kind === about)
      .slice(0, MOST)
      .map((one): Chosen => ({ about, ...one })),
  )
  const isAsked = new Set(asked.map(({ entity }) => entity.ref))
  const friction = declared.filter(({ entity }) => entity.metadata.tags?.includes(FRICTION) && !isAsked.has(entity.ref))
  return [...asked, ...friction.slice(0, MOST).map((one): Chosen => ({ about: FRICTION, ...one }))]
}

async function namesIn(ask: ReturnType<typeof resolveAsk>, context: Context): Promise<BusinessView['events']> {
  const shares = await context.catalog.shares(ask.subject, ask.asOf)
  return context.ledger.readAsOf(ask.asOf, async (asOf) =>
    eventNames(context, await scopeOf(context, { pieces: [{ subject: ask.subject, shares, window: ask.window }], at: ask.at, asOf })),
  )
}
