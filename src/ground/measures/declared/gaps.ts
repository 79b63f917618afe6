import {
  type Catalog,
  circleOf,
  type Entity,
  formulaOf,
  type Gap,
  type GapFinder,
  type GapScope,
  madeOf,
  MeasureSpec,
} from '../../catalog/index.ts'
import type { Formula } from '../../core/index.ts'
import type { Measures } from '../measures.ts'

interface Own {
  entity: Entity
  spec: MeasureSpec
}

/** Holes in the organisation's own measures: what is computed from itself, from nothing, or from what cannot be added. */
export function measureGaps(measures: Pick<Measures, 'listAll'>, catalog: Catalog): GapFinder[] {
  const own = async ({ namespace, asOf }: GapScope): Promise<Own[]> =>
    (await catalog.list({ kind: 'measure', namespace, limit: 10_000 }, asOf)).flatMap((entity) => {
      const spec = MeasureSpec.safeParse(entity.spec)
      return spec.success ? [{ entity, spec: spec.data }] : []
    })
  return [
    finder('measure_circular', async (scope) => {
      const standing = new Map((await catalog.list({ kind: 'measure', limit: 10_000 }, scope.asOf)).map((entity) => [entity.ref, entity]))
      return (await own(scope)).flatMap(({ entity }) =>
        circleOf(entity, standing).map(({ message, fix = '' }) => ({ ref: entity.ref, message: message.replace('would be', 'is'), fix })),
      )
    }),
    finder('measure_of_nothing', async (scope) => {
      const stated = await own(scope)
      if (!stated.some(({ spec }) => namedBy(spec).length > 0)) return []
      const known = new Set((await measures.listAll(undefined, scope.asOf)).map(({ id }) => id.toLowerCase()))
      return stated.flatMap(({ entity, spec }) =>
        namedBy(spec)
          .filter(({ measure }) => !known.has(measure.toLowerCase()))
          .map(({ measure, path }) => ({
            ref: entity.ref,
            message: `"${titleOf(entity)}" names ${measure} (${path}), which nobody computes, declares or sends`,
            fix: 'Correct the name ("throughline measure" lists all), or send measurements under it.',
          })),
      )
    }),
    finder('measure_units_differ', async (scope) => {
      const computed = (await own(scope)).filter(({ spec }) => spec.source?.kind === 'expression')
      if (computed.length === 0) return []
      const units = new Map((await measures.listAll(undefined, scope.asOf)).map(({ id, unit }) => [id, unit]))
      return computed.flatMap(({ entity, spec }) => {
        const unitOf = new Map(madeOf(spec.source).map(({ name, measure }) => [name, units.get(measure) ?? null]))
        const formula = spec.source?.kind === 'expression' ? formulaOf(spec.source) : null
        return (formula ? mixed(formula, (name) => unitOf.get(name) ?? null) : []).map(([left, right]) => ({
          ref: entity.ref,
          message: `"${titleOf(entity)}" adds ${left} and ${right}, which are no common unit`,
          fix: 'Divide or multiply one of them first, or correct the unit of the measure.',
        }))
      })
    }),
  ]
}

/** Measures another one is computed from or thought to be driven by. */
function namedBy({ source, drivers = [] }: MeasureSpec): { measure: string; path: string }[] {
  return [...madeOf(source), ...drivers.map(({ measure }, index) => ({ measure, path: `spec.drivers.${index}` }))]
}

/** Units that are added or subtracted although they differ; what has none or comes of a product is left alone. */
function mixed(formula: Formula, unitOf: (name: string) => string | null): [string, string][] {
  const found: [string, string][] = []
  const visit = (part: Formula): string | null => {
    if (part.kind === 'number') return null
    if (part.kind === 'name') return unitOf(part.name)
    if (part.kind === 'negated') return visit(part.of)
    const [left, right] = [visit(part.left), visit(part.right)]
    if (part.operator === '*' || part.operator === '/') return null
    if (left !== null && right !== null && left !== right) found.push([left, right])
    return left ?? right
  }
  visit(formula)
  return found
}

function titleOf({ metadata }: Entity): string {
  return metadata.title ?? metadata.name
}

function finder(code: string, find: (scope: GapScope) => Promise<Omit<Gap, 'code'>[]>): GapFinder {
  return { code, find: async (scope) => (await find(scope)).map((gap) => ({ code, ...gap })) }
}
