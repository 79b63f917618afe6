import { AUDIENCES, type Catalog, type Entity, type EntityDraft, headlinesOf, MOST_HEADLINES } from '../../../ground/catalog/index.ts'
import { type Instant, lastDays, type Ref, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { workDone, workShares } from '../../delivery/index.ts'
import { lintPage, type MeasureFacts, type Page, type Remark, type Today, type Unjudged, valueOf } from '../decide/index.ts'
import { isInForce, type OutcomeIntent, readOutcome, readPrinciple, statedRefs, titleOf } from '../intent/index.ts'
import { decisionsOf } from './decisions.ts'
import type { Moment } from './moment.ts'
import { entityOf, laidOver, type Standing } from './laid-over.ts'
import { visionOf } from './page.ts'

/** Days a reading and the work on record are looked at. */
const DAYS = 28

export interface Linted {
  remarks: (Remark & { file?: string; line?: number })[]
  unjudged: Unjudged[]
}

type Context = Pick<Ground, 'catalog' | 'measures' | 'store' | 'ledger'>

/**
 * What a careful reader would object to in the strategy of a namespace.
 * @param drafts documents that stand for those of the same name, or beside them; then only of them is told
 */
export async function lintOf(moment: Moment, context: Context, drafts: readonly EntityDraft[] = []): Promise<Linted> {
  const own = new Map(drafts.flatMap((draft) => entityOf(draft, moment.at) ?? []).map((entity) => [entity.ref, entity]))
  const catalog = laidOver(context.catalog, own)
  const { page, standing } = await readPage(moment, { ...context, catalog, kept: context.catalog })
  const { remarks, unjudged } = lintPage(page)
  const told = ({ ref }: { ref?: Ref }) => own.size === 0 || (ref !== undefined && own.has(ref))
  return {
    remarks: remarks.filter(told).map((remark) => {
      // What is about all of a namespace is said where its vision stands.
      const { file, line } = standing.get(remark.ref) ?? (page.vision && standing.get(page.vision.ref)) ?? {}
      return { ...remark, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) }
    }),
    unjudged: unjudged.filter(told),
  }
}

async function readPage(
  moment: Moment,
  { catalog, kept, measures, store, ledger }: Omit<Context, 'catalog'> & { catalog: Standing; kept: Catalog },
): Promise<{ page: Page; standing: Map<Ref, Entity> }> {
  const { scope: namespace, at, asOf } = moment
  const standing = new Map<Ref, Entity>()
  const all = async (kind: string) => {
    const found = await catalog.list({ kind, namespace, limit: 10_000 }, asOf)
    for (const entity of found) standing.set(entity.ref, entity)
    return found
  }
  const outcomes = (await all('outcome')).flatMap((entity) => readOutcome(entity) ?? [])
  const principles = (await all('principle')).flatMap((entity) => readPrinciple(entity) ?? [])
  await all('vision')
  const declared = await all('measure')
  const facts = await factsOf(declared, moment, measures)
  const named = [
    ...outcomes.flatMap(({ measure, guardrails }) => [...(measure ? [measure] : []), ...guardrails.map((rail) => rail.measure)]),
    ...principles.flatMap(({ signals }) => signals.map((signal) => signal.measure)),
  ]
  return {
    standing,
    page: {
      everything: `namespace:${namespace}`,
      vision: await visionOf(moment, { catalog }),
      outcomes: inOrder(outcomes),
      principles: inOrder(principles),
      decisions: (await decisionsOf(moment, { catalog })).filter(isInForce),
      investments: (await all('investment')).map((entity) => ({
        ref: entity.ref,
        title: titleOf(entity),
        serves: statedRefs(entity, 'serves', 'outcome'),
      })),
      measures: facts,
      gone: await goneSince(
        named.filter((id) => !facts.has(id.toLowerCase())),
        moment,
        catalog,
      ),
      headlines: AUDIENCES.map((audience) => ({
        audience,
        most: MOST_HEADLINES,
        measures: headlinesOf(declared, audience).map((id) => ({
          ref: `measure:${namespace}/${id.toLowerCase()}`,
          title: facts.get(id.toLowerCase())?.title ?? id,
        })),
      })),
      today: await todayOf(outcomes, facts, moment, measures),
      work: await workOf(outcomes, moment, { catalog: kept, store, ledger }),
      at,
    },
  }
}

/** What is known of every measure: registered, declared, or only ever sent in. */
async function factsOf(
  declared: readonly Entity[],
  { scope, asOf }: Moment,
  measures: Ground['measures'],
): Promise<Map<string, MeasureFacts>> {
  const facts = new Map<string, MeasureFacts>()
  for (const { id, title, unit, better } of await measures.listAll(scope, asOf)) facts.set(id.toLowerCase(), { title, unit, better })
  for (const entity of declared) {
    const { unit, better } = entity.spec
    if (typeof unit === 'string')
      facts.set(entity.metadata.name.toLowerCase(), {
        title: titleOf(entity),
        unit,
        ...(better === 'higher' || better === 'lower' ? { better } : {}),
      })
  }
  return facts
}

/** When measures that nothing answers were taken away, where they were declared once. */
async function goneSince(
  ids: readonly string[],
  { scope: namespace, asOf }: Moment,
  catalog: Pick<Catalog, 'versions'>,
): Promise<Map<string, Instant>> {
  const gone = new Map<string, Instant>()
  for (const id of new Set(ids.map((one) => one.toLowerCase()))) {
    const ref = toRef(id, { kind: 'measure', namespace })
    const last = ref.ok ? (await catalog.versions(ref.value)).find(({ at }) => at <= (asOf ?? Infinity)) : undefined
    if (last?.removed) gone.set(id, last.at)
  }
  return gone
}

/** What outcomes stand at in the last four weeks. */
async function todayOf(
  outcomes: readonly OutcomeIntent[],
  facts: ReadonlyMap<string, MeasureFacts>,
  { at, asOf }: Moment,
  measures: Ground['measures'],
): Promise<Map<Ref, Today>> {
  const today = new Map<Ref, Today>()
  for (const { ref, measure, subject, quantile, target } of outcomes) {
    if (!measure || !target || target.by <= at || !facts.has(measure.toLowerCase())) continue
    const reading = await measures.read({ measure, subject, ...lastDays(at, DAYS), at, asOf })
    const value = valueOf(reading, quantile)
    // The interval is one of the value itself, not of another quantile.
    const interval = quantile && quantile !== 'p50' ? undefined : reading.interval
    today.set(ref, {
      value,
      ...(interval ? { interval } : {}),
      ...(reading.unknown ? { why: reading.unknown.why, fix: reading.unknown.fix } : {}),
    })
  }
  return today
}

/** Outcomes some work leads up to, and the work of four weeks that serves none; null where no work is on record. */
async function workOf(
  outcomes: readonly OutcomeIntent[],
  { scope: namespace, at, asOf }: Moment,
  { catalog, store, ledger }: Pick<Context, 'catalog' | 'store' | 'ledger'>,
): Promise<Page['work']> {
  const shares = workShares(await workDone({ store, ledger }, { namespace, window: lastDays(at, DAYS), at, asOf }))
  const idle = new Set((await catalog.gaps({ namespace, at, asOf, finder: 'outcome_without_work' })).map(({ ref }) => ref))
  const lately = new Set<Ref>(shares.outcomes.map(({ ref }) => ref))
  const kept = new Set<Ref>((await catalog.list({ kind: 'outcome', namespace }, asOf)).map(({ ref }) => ref))
  const served = new Set(outcomes.map(({ ref }) => ref).filter((ref) => lately.has(ref) || (kept.has(ref) && !idle.has(ref))))
  if (shares.n === 0 && served.size === 0) return null
  const [latest] = shares.unlinked.units
  return { served, n: shares.n, unlinked: shares.unlinked.units.length, ...(latest ? { latest: shortened(latest.title) } : {}) }
}

function shortened(title: string): string {
  return title.length > 80 ? `${title.slice(0, 79)}…` : title
}

function inOrder<T extends { ref: Ref }>(things: readonly T[]): T[] {
  return [...things].sort((a, b) => (a.ref < b.ref ? -1 : 1))
}
