import type { Catalog, Entity } from '../../../ground/catalog/index.ts'
import type { Instant, Problem, Ref } from '../../../ground/core/index.ts'
import { refNamespace } from '../../../ground/core/index.ts'
import { type Documents, namedApart, readSlo, type Slo } from '../intent/index.ts'

/** All that is asked of the catalogue. */
type Asked = Pick<Catalog, 'list' | 'revisionAt'>

/** An SLO that is kept and cannot be read, and why. */
export interface UnreadSlo {
  ref: Ref
  problems: Problem[]
}

interface Known {
  slos: readonly Slo[]
  unread: readonly UnreadSlo[]
}

/** Which SLOs are meant. */
export interface SloAsk {
  /** Namespace of the documents. */
  scope?: string
  /** The component that promises. */
  service?: Ref
  /** Only these. */
  refs?: readonly Ref[]
  /** When it is asked about; documents are the same at every moment, so only `asOf` tells them apart. */
  at?: Instant
  /** As they were known by then; now when left out. */
  asOf?: Instant | null
}

const MANY = 1_000_000

/** What the present promises are, as long as the catalogue stays: documents are read once. */
const present = new WeakMap<Asked, { revision: string; known: Known }>()

async function knownBy(asOf: Instant | undefined, catalog: Asked): Promise<Known> {
  const revision = await catalog.revisionAt(asOf)
  const held = present.get(catalog)
  if (revision !== null && held?.revision === revision) return held.known
  const list = (kind: string) => catalog.list({ kind, limit: MANY }, asOf)
  const others: Documents = new Map([...(await list('sli')), ...(await list('datasource'))].map((entity) => [entity.ref, entity]))
  const known = readAll(await list('slo'), others)
  if (revision !== null) present.set(catalog, { revision, known })
  return known
}

function readAll(entities: readonly Entity[], others: Documents): Known {
  const slos: Slo[] = []
  const unread: UnreadSlo[] = []
  for (const entity of entities) {
    const read = readSlo(entity, others)
    if (read.ok) slos.push(read.value)
    else unread.push({ ref: entity.ref, problems: read.problems })
  }
  const byRef = (a: { ref: Ref }, b: { ref: Ref }) => (a.ref < b.ref ? -1 : 1)
  return { slos: namedApart(slos.sort(byRef)), unread: unread.sort(byRef) }
}

/** The promises that are meant, by ref; those whose documents cannot be read are left out (`unreadSlosOf`). */
export async function slosOf({ catalog }: { catalog: Asked }, ask: SloAsk = {}): Promise<Slo[]> {
  const { slos } = await knownBy(ask.asOf ?? undefined, catalog)
  return slos.filter((slo) => isMeant(slo, ask) && (ask.service === undefined || slo.service === ask.service))
}

/** SLOs that are kept and cannot be read, with what is wrong. */
export async function unreadSlosOf({ catalog }: { catalog: Asked }, ask: Omit<SloAsk, 'service'> = {}): Promise<UnreadSlo[]> {
  const { unread } = await knownBy(ask.asOf ?? undefined, catalog)
  return unread.filter((slo) => isMeant(slo, ask))
}

function isMeant({ ref }: { ref: Ref }, { scope, refs }: Pick<SloAsk, 'scope' | 'refs'>): boolean {
  return (scope === undefined || refNamespace(ref) === scope) && (refs === undefined || refs.includes(ref))
}
