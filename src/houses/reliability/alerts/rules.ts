import { stringify } from 'yaml'
import * as z from 'zod'
import { DEFAULT_NAMESPACE, operation, type Problem, type Ref, Refusal, refNamespace, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type RuleGroup, ruleGroup } from '../tell/prometheus/index.ts'
import { periodOf, type Watch, watchesOf } from './watches.ts'

/** An objective no rules can be written for, and why. */
interface LeftOut {
  slo: Ref
  objective: string
  why: string
  fix: string | null
}

const RulesView = z.object({
  /** A file of rules as Prometheus reads it. */
  yaml: z.string(),
  groups: z.number().int(),
  rules: z.number().int(),
  leftOut: z.array(z.object({ slo: z.string(), objective: z.string(), why: z.string(), fix: z.string().nullable() })),
})

export const rulesOperation = operation({
  id: 'slo.rules',
  method: 'get',
  path: '/slos/rules',
  scope: 'read',
  summary: 'Recording rules and burn alerts for Prometheus, of promises whose numbers Prometheus has',
  input: z.object({
    scope: z.string().trim().toLowerCase().max(63).default(DEFAULT_NAMESPACE),
    /** Names or refs, with commas between; all of the namespace when left out. */
    slo: z.string().max(10_000).optional(),
    /** Ask for every event of the period, instead of the mean of the ratios of five minutes. */
    exact: z.stringbool().default(false),
  }),
  output: RulesView,
  run: async ({ scope, slo, exact }, ground: Ground) => {
    const wanted = slo === undefined ? null : await namedSlos(slo, scope, ground)
    const watches = (await watchesOf(ground)).filter(({ slo: { ref } }) => (wanted ? wanted.includes(ref) : refNamespace(ref) === scope))
    const groups: RuleGroup[] = []
    const leftOut: LeftOut[] = []
    for (const watch of watches) {
      const made = groupOf(watch, exact)
      if ('why' in made) leftOut.push(made)
      else groups.push(made)
    }
    return {
      yaml:
        groups.length > 0
          ? stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false, doubleQuotedAsJSON: true })
          : 'groups: []\n',
      groups: groups.length,
      rules: groups.reduce((sum, { rules }) => sum + rules.length, 0),
      leftOut,
    }
  },
})

async function namedSlos(text: string, scope: string, { catalog }: Pick<Ground, 'catalog'>): Promise<Ref[]> {
  const refs = text.split(',').map((name) => {
    const read = toRef(name.trim(), { kind: 'slo', namespace: scope })
    if (!read.ok) throw new Refusal('slo.bad_ref', read.problems[0]!.message, { path: 'slo' })
    return read.value
  })
  const known = new Set((await catalog.list({ refs, limit: refs.length })).map(({ ref }) => ref))
  const missing = refs.find((ref) => !known.has(ref))
  if (missing)
    throw new Refusal('slo.unknown', `There is no ${missing}.`, { status: 404, path: 'slo', fix: '"throughline slo list" lists all.' })
  return refs
}

function groupOf({ slo, objective, place, rules, runbook }: Watch, exact: boolean): RuleGroup | LeftOut {
  const left = ({ message, fix }: Pick<Problem, 'message' | 'fix'>): LeftOut => ({
    slo: slo.ref,
    objective,
    why: message,
    fix: fix ?? null,
  })
  if (place === null) return left({ message: 'It is composed of several objectives', fix: 'Its parts can be promises of their own.' })
  if (slo.method !== 'occurrences')
    return left({ message: 'It counts slices, which rules of Prometheus do not', fix: 'Its alerts are looked for here.' })
  const made = ruleGroup({ slo, place, rules, period: periodOf(slo.window), runbook }, { exact })
  return made.ok ? made.value : left(made.problems[0]!)
}
