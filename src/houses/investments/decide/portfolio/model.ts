import type { Ref } from '../../../../ground/core/index.ts'
import { type Limit, limitsOf, type PortfolioProblem } from './problem.ts'

/** What a solver of mixed-integer programmes answers: columns by name, null where nothing keeps the rows. */
export type Solve = (model: string, within: number) => Readonly<Record<string, number>> | null

/**
 * The problem as a mixed-integer programme in CPLEX's LP format: `x` choose, `z` gaps closed, `s` how far a limit is missed.
 * @param bend positions of limits that may be missed; then the least missing is looked for, not the most worth
 * @param worthLeast what has to be reached; then the least effort is looked for that does
 * @param not choices of which at least one investment has to be left out
 */
export function modelOf(
  problem: PortfolioProblem,
  { bend = [], not = [], worthLeast }: { bend?: readonly number[]; not?: readonly ReadonlySet<Ref>[]; worthLeast?: number } = {},
): string {
  const { candidates, outcomes } = problem
  const column = new Map(candidates.map(({ ref }, index) => [ref, `x${index}`]))
  const limits = limitsOf(problem)
  const worth = outcomes.map(({ weight }, index) => term(weight, `z${index}`)).join('')
  const effort = candidates.map(({ peopleWeeks }, index) => term(peopleWeeks, `x${index}`)).join('')
  const missing = bend.map((at) => term(1 / scaleOf(limits[at]!), `s${at}`)).join('')
  const rows = [
    ...limits.map(({ uses, bound, sense }, at) => {
      const slack = bend.includes(at) ? term(sense === 'atMost' ? -1 : 1, `s${at}`) : ''
      return `l${at}:${sum(uses, candidates.length)}${slack} ${sense === 'atMost' ? '<=' : '>='} ${bound}`
    }),
    ...outcomes.map(
      ({ ref }, index) =>
        `o${index}: z${index}${sum(
          candidates.map(({ closes }) => -(closes[ref] ?? 0)),
          0,
        )} <= 0`,
    ),
    ...candidates.flatMap(({ dependsOn, excludes }, index) => [
      ...dependsOn.map((needed, other) => `d${index}_${other}: x${index} - ${column.get(needed)!} <= 0`),
      ...excludes.flatMap((ref, other) => (column.has(ref) ? [`e${index}_${other}: x${index} + ${column.get(ref)!} <= 1`] : [])),
    ]),
    ...not.map((chosen, index) => `n${index}:${[...chosen].map((ref) => ` + ${column.get(ref)!}`).join('')} <= ${chosen.size - 1}`),
  ]
  if (worthLeast !== undefined && worth) rows.push(`v:${worth} >= ${worthLeast}`)
  const [sense, objective] = bend.length > 0 ? ['Minimize', missing] : worthLeast === undefined ? ['Maximize', worth] : ['Minimize', effort]
  return [
    sense,
    ` obj:${objective || ' 0 x0'}`,
    'Subject To',
    ...rows.map((row) => ` ${row}`),
    'Bounds',
    ...outcomes.map((_, index) => ` -inf <= z${index} <= 1`),
    ...bend.map((at) => ` s${at} >= 0`),
    'Binaries',
    ` ${candidates.map((_, index) => `x${index}`).join('\n ')}`,
    'End',
  ].join('\n')
}

/** What one whole limit is, so that missing a tenth of one weighs as much as a tenth of another. */
function scaleOf({ bound }: Limit): number {
  return Math.max(bound, 1)
}

function term(factor: number, column: string): string {
  return factor === 0 ? '' : `\n  ${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${column}`
}

/** @param least a row needs a column even where nothing of it is used: from so many candidates on */
function sum(factors: readonly number[], least: number): string {
  const terms = factors.map((factor, index) => term(factor, `x${index}`)).join('')
  return terms || (least > 0 ? ' 0 x0' : '')
}
