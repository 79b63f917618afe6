import type { Gap, GapFinder, GapScope } from '../../ground/catalog/index.ts'
import type { Ground } from '../../ground/index.ts'
import { contradictions, supersedingCircles, unwatchable } from './decide/index.ts'
import { isInForce, readOutcome, readPrinciple } from './intent/index.ts'
import { decisionsOf } from './store/decisions.ts'

/** Holes in the strategy itself, beside those the catalogue finds: what nobody can check, what contradicts itself. */
export function strategyGaps({ catalog, measures }: Pick<Ground, 'catalog' | 'measures'>): GapFinder[] {
  const outcomes = async ({ namespace, asOf }: GapScope) =>
    (await catalog.list({ kind: 'outcome', namespace }, asOf)).flatMap((entity) => readOutcome(entity) ?? [])
  const principles = async ({ namespace, asOf }: GapScope) =>
    (await catalog.list({ kind: 'principle', namespace }, asOf)).flatMap((entity) => readPrinciple(entity) ?? [])
  return [
    finder('outcome_without_target', async (scope) =>
      (await outcomes(scope))
        .filter((outcome) => outcome.measure && !outcome.target)
        .map(({ ref, title }) => ({
          ref,
          message: `"${title}" is measured but promises nothing: it has no target`,
          fix: 'Say which value it promises by which day (spec.target).',
        })),
    ),
    finder('principle_without_signal', async (scope) =>
      (await principles(scope))
        .filter((principle) => principle.signals.length === 0)
        .map(({ ref, title }) => ({
          ref,
          message: `Nothing measures whether "${title}" is lived`,
          fix: 'Name a measure and a limit that show it (spec.signals).',
        })),
    ),
    finder('decision_unwatchable', async (scope) => {
      const decisions = (await decisionsOf({ scope: scope.namespace, asOf: scope.asOf }, { catalog })).filter(isInForce)
      if (!decisions.some(({ assumptions, tripwires, expects }) => assumptions.length + tripwires.length + expects.length > 0)) return []
      return unwatchable(decisions, new Map((await measures.listAll(scope.namespace, scope.asOf)).map(({ id, unit }) => [id, unit])))
    }),
    finder('superseding_circle', async (scope) =>
      supersedingCircles(await decisionsOf({ scope: scope.namespace, asOf: scope.asOf }, { catalog })),
    ),
    finder('principle_cited_both_ways', async (scope) => {
      const decisions = await decisionsOf({ scope: scope.namespace, asOf: scope.asOf }, { catalog })
      return contradictions({ principles: await principles(scope), decisions: decisions.filter(isInForce) }).map(
        ({ ref, message, fix }) => ({ ref, message, fix: fix ?? '' }),
      )
    }),
  ]
}

function finder(code: string, find: (scope: GapScope) => Promise<Omit<Gap, 'code'>[]>): GapFinder {
  return { code, find: async (scope) => (await find(scope)).map((gap) => ({ code, ...gap })) }
}
