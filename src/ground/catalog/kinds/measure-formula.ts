import { DEFAULT_NAMESPACE, type Formula, formulaNames, parseFormula, type Problem, type Ref } from '../../core/index.ts'
import type { EntityDraft } from '../catalog.ts'
import { draftRef } from '../document.ts'
import type { MeasureSource } from './measure-source.ts'

/** A measure another one is computed from, and where that is written. */
export interface MadeOf {
  name: string
  measure: string
  path: string
}

/** The measures a ratio or an expression is computed from; none for other sources. */
export function madeOf(source: MeasureSource | undefined): MadeOf[] {
  if (source?.kind === 'ratio')
    return (['of', 'per'] as const).map((name) => ({ name, measure: source[name], path: `spec.source.${name}` }))
  if (source?.kind === 'expression')
    return Object.entries(source.measures).map(([name, measure]) => ({ name, measure, path: `spec.source.measures.${name}` }))
  return []
}

const RATIO: Formula = {
  kind: 'operation',
  operator: '/',
  left: { kind: 'name', name: 'of', column: 1 },
  right: { kind: 'name', name: 'per', column: 6 },
  column: 4,
}

/** The arithmetic of a ratio or an expression; null where it cannot be read. */
export function formulaOf(source: Extract<MeasureSource, { kind: 'ratio' | 'expression' }>): Formula | null {
  if (source.kind === 'ratio') return RATIO
  const parsed = parseFormula(source.text)
  return parsed.ok ? parsed.value : null
}

/** What is wrong with an expression by itself: grammar, names without a measure, measures without a use. */
export function formulaProblems(source: MeasureSource | undefined): Problem[] {
  if (source?.kind !== 'expression') return []
  const path = 'spec.source.text'
  const parsed = parseFormula(source.text)
  if (!parsed.ok) return parsed.problems.map(({ code, message, fix }) => problem(code, `${path} cannot be read, ${message}`, path, fix))
  const used = formulaNames(parsed.value)
  const strange = used.filter((name) => !Object.hasOwn(source.measures, name))
  const unused = Object.keys(source.measures).filter((name) => !used.includes(name))
  return [
    ...strange.map((name) =>
      problem(
        'measure.unnamed_part',
        `${path} uses "${name}", and no measure has that name`,
        path,
        `Add it under spec.source.measures, for example ${name}: business.orders.`,
      ),
    ),
    ...(used.length === 0
      ? [
          problem(
            'measure.constant',
            `${path} uses no measure, so it is always the same`,
            path,
            'Use the names of spec.source.measures in it.',
          ),
        ]
      : []),
    ...unused.map((name): Problem => ({
      ...problem('measure.unused_part', `${path} does not use "${name}"`, `spec.source.measures.${name}`, 'Use it, or leave it out.'),
      severity: 'warning',
    })),
  ]
}

/** A measure that would be computed from itself, by way of those that stand. */
export function circleOf(draft: EntityDraft, standing: ReadonlyMap<Ref, EntityDraft>): Problem[] {
  const start = draftRef(draft)
  if (!start.ok) return []
  const namespace = draft.metadata.namespace ?? DEFAULT_NAMESPACE
  const own = (measure: string): Ref | undefined =>
    [namespace, DEFAULT_NAMESPACE]
      .map((place): Ref => `measure:${place}/${measure}`.toLowerCase())
      .find((ref) => ref === start.value || standing.has(ref))
  const seen = new Set<string>()
  const open = madeOf(sourceOf(draft)).map((part) => ({ measure: part.measure, path: part.path, way: [draft.metadata.name, part.measure] }))
  for (let step = open.pop(); step; step = open.pop()) {
    const ref = own(step.measure)
    if (ref === start.value)
      return [
        problem(
          'measure.circular',
          `${draft.metadata.name} would be computed from itself: ${step.way.join(' ← ')}`,
          step.path,
          'Compute one of them from something else.',
        ),
      ]
    if (ref === undefined || seen.has(ref)) continue
    seen.add(ref)
    for (const { measure } of madeOf(sourceOf(standing.get(ref)!))) open.push({ ...step, measure, way: [...step.way, measure] })
  }
  return []
}

/** Checked when it was written. */
function sourceOf({ spec }: EntityDraft): MeasureSource | undefined {
  return spec.source as MeasureSource | undefined
}

function problem(code: string, message: string, path: string, fix?: string): Problem {
  return { code, severity: 'error', message, path, ...(fix ? { fix } : {}) }
}
