import type { Catalog, SubjectShare } from '../catalog/index.ts'
import {
  type Bucket,
  bucketsOf,
  type Clock,
  formatInstant,
  formatWindow,
  type Instant,
  type Reading,
  type ReadingAsk,
  Refusal,
  type Window,
} from '../core/index.ts'
import { createMoments, type Moments, type Store } from '../store/index.ts'
import { answerFrom } from './answer.ts'
import type { Collected } from './collected.ts'
import { dimensionsOf, type ResolvedAsk, resolveAsk } from './asking.ts'
import { erasedBehind } from './erased.ts'
import { type Answerer, answerOwnSources, declaredMeasures, definitions, headlinesBy, measureGaps } from './declared/index.ts'
import type { ListedMeasure, MeasureDefinition, Measures } from './measures.ts'
import { pushedMeasure, pushedMeasureIds } from './pushed/index.ts'
import { beyondRetention, forgottenBehind } from './forgotten.ts'
import { measuredSeries } from './series/index.ts'
import { silentSources } from './silence.ts'

/** What the registry stands on. */
export interface MeasuresOptions {
  store: Store
  catalog: Catalog
  clock: Clock
  /** The clock of learning that the ledger and the catalogue go by. */
  moments?: Pick<Moments, 'read' | 'present'>
}

/** A piece of an ask and whom it is about. */
interface AskedPiece {
  subject: string
  shares: readonly SubjectShare[]
  window: Window
  /** More than one subject, or a namespace: the reading says how many had data. */
  rollUp: boolean
}

/** Pieces one ask may be cut into. */
const MOST_PIECES = 20_000
const DEFAULT_ROWS = 1_000

/** The registry of measures: houses register definitions, everybody asks for readings. */
export function createMeasures({ store, catalog, clock, moments = createMoments({ store, clock }) }: MeasuresOptions): Measures {
  const registered = new Map<string, MeasureDefinition>()
  const sources = new Map<string, Answerer>()
  const { definitionOf, ofDeclared } = definitions({ store, catalog, registered, sources })

  /** The moment a question is asked at; a link is known from when it was found, so those are found first that it rests on. */
  function presentFor(measure: string): Promise<Instant> {
    return registered.get(measure)?.linked ? catalog.present() : moments.present()
  }

  /** Whether nothing was learned since a moment: what was found for it still is what is known. */
  async function isPresent(moment: Instant): Promise<boolean> {
    return (await moments.read(moment, async (asOf) => asOf)) === null
  }

  async function readMany(wish: ReadingAsk & { bucket?: Bucket; by?: 'component' }): Promise<Reading[]> {
    const ask = resolveAsk(wish, await presentFor(wish.measure))
    return moments.read(ask.asOf, (asOf) => readPieces(ask, asOf, wish))
  }

  /** @param asOf null where what is kept for the present answers */
  async function readPieces(ask: ResolvedAsk, asOf: Instant | null, wish: { bucket?: Bucket; by?: 'component' }): Promise<Reading[]> {
    const definition = await definitionOf(ask)
    const where = dimensionsOf(definition, ask.where)
    const pieces = piecesOf(ask, await catalog.shares(ask.subject, ask.asOf), wish)
    if (pieces.length > MOST_PIECES)
      throw new Refusal('measure.too_many_pieces', `This asks for ${pieces.length} readings at once.`, {
        fix: `Choose a shorter window or a longer bucket; at most ${MOST_PIECES} are answered.`,
        path: 'bucket',
      })
    const collected = await definition.collect({
      pieces: pieces.map(({ subject, shares, window }) => ({ subject, shares, window })),
      where,
      at: ask.at,
      asOf,
      moment: ask.asOf,
      zone: ask.zone,
    })
    const silent = await silentSources(store, {
      kinds: definition.kinds,
      groups: [...new Set(pieces.map(({ shares }) => shares))],
      at: ask.at,
      asOf,
      moment: ask.asOf,
    })
    const forgotten = await forgottenBehind(store, definition, { pieces, where, at: ask.at, asOf, zone: ask.zone })
    const erased = await erasedBehind(store, definition, { pieces, at: ask.at })
    return pieces.map((piece, index): Reading => {
      const { withData } = collected[index]!
      const lost = forgotten[index] ?? null
      const answer = answerFrom(withErased(collected[index]!, erased[index]!))
      const stale = (silent.get(piece.shares) ?? []).filter(({ last }) => last < piece.window.to).map(({ source }) => source)
      return {
        measure: ask.measure,
        subject: piece.subject,
        dimensions: where,
        window: formatWindow(piece.window),
        ...(wish.bucket ? { bucket: wish.bucket } : {}),
        unit: collected[index]!.unit ?? definition.unit,
        ...(lost && (!lost.outlived || answer.value === null) ? { ...answer, ...beyondRetention(lost) } : answer),
        ...(piece.rollUp ? { covers: { subjects: piece.shares.length, withData } } : {}),
        ...(stale.length ? { stale } : {}),
        ...(lost ? { forgotten: { records: lost.records, before: formatInstant(lost.before) } } : {}),
        at: formatInstant(ask.at),
        asOf: formatInstant(ask.asOf),
      }
    })
  }

  const measures: Measures = {
    register(definition) {
      if (registered.has(definition.id)) throw new Error(`The measure ${definition.id} is registered twice`)
      registered.set(definition.id, definition)
    },
    registerSource(kind, define) {
      if (sources.has(kind)) throw new Error(`Measures from ${kind} are registered twice`)
      sources.set(kind, define as Answerer) // by its kind
    },
    list: () => [...registered.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    get: (id) => registered.get(id) ?? null,
    async listAll(namespace, asOf) {
      const stated = await declaredMeasures(catalog, namespace, asOf)
      const declared = stated.filter(({ id }) => !registered.has(id))
      const known = new Set([...registered.keys(), ...declared.map(({ id }) => id)])
      const headline = headlinesBy(stated)
      const pushed = (await pushedMeasureIds(store, asOf ?? null))
        .filter((id) => !known.has(id))
        .map((id) => pushedMeasure(store, id, null))
      const listed: ListedMeasure[] = [
        ...[...registered.values()].map((definition) => ({ ...listing(definition), origin: 'registered' as const })),
        ...(await Promise.all(declared.map(async (one) => ({ ...listing(await ofDeclared(one, stated)), origin: 'declared' as const })))),
        ...pushed.map((definition) => ({ ...listing(definition), origin: 'pushed' as const })),
      ]
      return listed.map((one) => ({ ...one, ...headline.get(one.id) })).sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    async read(ask) {
      return (await readMany({ ...ask, bucket: undefined, by: undefined }))[0]!
    },
    readMany,
    async wordsOf(wish) {
      const { definition, sent } = await definitionOf(resolveAsk(wish, await presentFor(wish.measure)))
      return { definition, ...(sent ? { sentIn: sent.keep } : {}) }
    },
    resolve: async (ask) => resolveAsk(ask, await presentFor(ask.measure)),
    async series(wish) {
      const ask = resolveAsk(wish, await presentFor(wish.measure))
      const shares = await catalog.shares(ask.subject, ask.asOf)
      return moments.read(ask.asOf, async (asOf) => {
        const definition = await definitionOf(ask)
        const read = (window: Window, bucket?: Bucket) => readPieces({ ...ask, window }, asOf, bucket ? { bucket } : {})
        return measuredSeries(wish, { ask, asOf, definition, shares, read })
      })
    },
    async rows({ limit = DEFAULT_ROWS, offset = 0, beside, ...wish }) {
      const present = beside !== undefined && (await isPresent(beside)) ? beside : await presentFor(wish.measure)
      const ask = resolveAsk(wish, present)
      const definition = await definitionOf(ask)
      const shares = await catalog.shares(ask.subject, ask.asOf)
      const where = dimensionsOf(definition, ask.where)
      return moments.read(
        ask.asOf,
        async (asOf) =>
          (await definition.rows?.({
            pieces: [{ subject: ask.subject, shares, window: ask.window }],
            where,
            at: ask.at,
            asOf,
            moment: ask.asOf,
            zone: ask.zone,
            limit,
            offset,
          })) ?? [],
      )
    },
  }
  answerOwnSources(measures, store)
  for (const finder of measureGaps(measures, catalog)) catalog.registerGaps(finder)
  return measures
}

function piecesOf(ask: ResolvedAsk, shares: readonly SubjectShare[], { bucket, by }: { bucket?: Bucket; by?: 'component' }): AskedPiece[] {
  const windows = bucket ? bucketsOf(ask.window, bucket, ask.zone) : [ask.window]
  const groups = by === 'component' ? shares.map((share) => ({ subject: share.ref, shares: [share] })) : [{ subject: ask.subject, shares }]
  return groups.flatMap((group) =>
    windows.map((window) => ({ ...group, window, rollUp: group.shares.length !== 1 || group.subject.startsWith('namespace:') })),
  )
}

function withErased(collected: Collected, records: number): Collected {
  return records === 0 ? collected : { ...collected, excluded: { ...collected.excluded, erased_person: records } }
}

function listing({
  collect: _collect,
  rows: _rows,
  outlives: _outlives,
  linked: _linked,
  sent,
  ...listed
}: MeasureDefinition): Omit<ListedMeasure, 'origin'> {
  return { ...listed, ...(sent ? { sentIn: sent.keep } : {}) }
}
