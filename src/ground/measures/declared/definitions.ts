import type { Catalog } from '../../catalog/index.ts'
import type { Unknown } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import type { ResolvedAsk } from '../asking.ts'
import type { DeclaredMeasure, FindMeasure, MeasureDefinition } from '../measures.ts'
import { pushedMeasure } from '../pushed/index.ts'
import { declaredMeasure, type Standpoint } from './declared.ts'
import { collectedOnce } from './once.ts'

/** Who answers measures declared with sources of one kind. */
export type Answerer = (declared: DeclaredMeasure, find: FindMeasure) => MeasureDefinition | Promise<MeasureDefinition>

interface Places {
  store: Store
  catalog: Catalog
  registered: ReadonlyMap<string, MeasureDefinition>
  sources: ReadonlyMap<string, Answerer>
}

/** One look-up: what is on the way to a measure, so that none is computed from itself, and how much may still be looked up. */
interface Way {
  ids: readonly string[]
  budget: { left: number }
  standpoint: Standpoint
  /** Entities that are at hand already. */
  known: ReadonlyMap<string, DeclaredMeasure>
}

/** Measures one measure may be computed from in all; each is read by itself. */
const MOST_PARTS = 60

/** Finds how a measure is answered: a house registered it, else the organisation declares it, else it is what is sent in. */
export function definitions({ store, catalog, registered, sources }: Places) {
  async function find(id: string, way: Way): Promise<MeasureDefinition> {
    if (way.ids.includes(id.toLowerCase())) return unanswered(id, circular([...way.ids, id]))
    if ((way.budget.left -= 1) < 0) return unanswered(id, tooMany(way.ids[0]!))
    const house = registered.get(id)
    if (house) return collectedOnce(store, house)
    const declared = way.known.get(id) ?? (await declaredMeasure(catalog, id, way.standpoint))
    return collectedOnce(store, declared ? await answered(declared, way) : pushedMeasure(store, id, null))
  }
  async function answered(declared: DeclaredMeasure, way: Way): Promise<MeasureDefinition> {
    const onWay = { ...way, ids: [...way.ids, declared.id.toLowerCase()] }
    const answer = sources.get(declared.source.kind)
    return answer ? answer(declared, (id) => find(id, onWay)) : pushedMeasure(store, declared.id, declared)
  }
  const fresh = (standpoint: Standpoint, known: readonly DeclaredMeasure[] = []): Way => ({
    ids: [],
    budget: { left: MOST_PARTS },
    standpoint,
    known: new Map(known.map((one) => [one.id, one])),
  })
  return {
    definitionOf: (ask: ResolvedAsk) => find(ask.measure, fresh(ask)),
    /** The definition of a declared measure as it is listed now. */
    ofDeclared: (declared: DeclaredMeasure, known: readonly DeclaredMeasure[]) =>
      answered(declared, fresh({ subject: `namespace:${declared.namespace}`, asOf: Number.MAX_SAFE_INTEGER }, known)),
  }
}

/** A measure that cannot be answered, whatever is asked. */
function unanswered(id: string, unknown: Unknown): MeasureDefinition {
  return {
    id,
    title: id,
    question: `What is ${id}?`,
    unit: '',
    definition: unknown.why,
    kinds: [],
    anyDimension: true,
    collect: async ({ pieces }) => pieces.map(() => ({ shape: 'nothing', excluded: {}, withData: 0, unknown })),
  }
}

function circular(ids: readonly string[]): Unknown {
  return {
    code: 'circular',
    why: `It is computed from itself: ${ids.join(' ← ')}.`,
    fix: 'Compute one of them from something else (spec.source of its Measure).',
  }
}

function tooMany(id: string): Unknown {
  return {
    code: 'too_many_parts',
    why: `${id} is computed from more than ${MOST_PARTS} other measures.`,
    fix: 'Send in what the innermost ones come to, or compute it from fewer.',
  }
}
