import * as z from 'zod'
import { type EntityDraft, type EntityKind, measureRef, StatedLinks, SubjectText } from '../../../ground/catalog/index.ts'
import type { Problem } from '../../../ground/core/index.ts'
import { GateRule } from './gate-rules.ts'

/** Whom a policy is for: components, systems, `namespace:<name>`. */
export const Covers = z.array(SubjectText).min(1, 'a policy is for something; for everything here write namespace:default').max(500)

/** Rules a release is held against before it goes out. */
export const GatePolicySpec = z.strictObject({
  for: Covers,
  /** Where it is released to. */
  environment: z.string().trim().min(1).max(100).default('production'),
  rules: z.array(GateRule).min(1, 'a policy has at least one rule').max(50),
  links: StatedLinks.optional(),
})
export type GatePolicySpec = z.output<typeof GatePolicySpec>

export const gatePolicyKind: EntityKind = {
  kind: 'GatePolicy',
  apiVersions: ['throughline.dev/v1'],
  spec: GatePolicySpec,
  links(spec) {
    const read = GatePolicySpec.safeParse(spec)
    if (!read.success) return []
    return [
      ...coveredLinks(read.data.for),
      ...read.data.rules.flatMap((rule, index) =>
        rule.rule === 'measure' ? [{ type: 'measuredBy', to: measureRef(rule.measure), path: `spec.rules.${index}.measure` }] : [],
      ),
    ]
  },
  check: ({ spec }: EntityDraft) => {
    const read = GatePolicySpec.safeParse(spec)
    return read.success ? ruleProblems(read.data.rules) : []
  },
}

/** Links to what a policy is for; a namespace is no entity. */
export function coveredLinks(covers: readonly string[]): { type: string; to: string; path: string }[] {
  return covers.flatMap((to, index) => (/^namespace:/i.test(to) ? [] : [{ type: 'affects', to, path: `spec.for.${index}` }]))
}

/** The name of a rule in its policy. */
export function ruleName(rule: Pick<GateRule, 'name' | 'rule'>): string {
  return rule.name ?? rule.rule
}

function ruleProblems(rules: readonly GateRule[]): Problem[] {
  const seen = new Set<string>()
  return rules.flatMap((rule, index): Problem[] => {
    const path = `spec.rules.${index}`
    const name = ruleName(rule)
    const twice = seen.has(name)
    seen.add(name)
    return [
      ...(twice ? [problem('gate.rule_twice', `Two rules are called ${name}`, `${path}.name`, 'Give each rule a name of its own.')] : []),
      ...ownProblems(rule, path),
    ]
  })
}

function ownProblems(rule: GateRule, path: string): Problem[] {
  switch (rule.rule) {
    case 'measure':
      return (rule.atMost === undefined) === (rule.atLeast === undefined)
        ? [problem('gate.limit', 'A measure is held against one limit', path, 'Write atMost or atLeast.')]
        : []
    case 'recent_failures':
      return (rule.last === undefined) === (rule.within === undefined)
        ? [problem('gate.look_back', 'Failures are looked for in one stretch', path, 'Write last: 10 (deployments) or within: 48h.')]
        : []
    case 'freeze':
      return rule.spans.flatMap((span, place) => {
        const at = `${path}.spans.${place}`
        if ('days' in span)
          return span.before > span.after
            ? []
            : [
                problem(
                  'gate.span_empty',
                  `Nothing lies between ${span.after} and ${span.before}`,
                  at,
                  'Write two spans where it goes over midnight.',
                ),
              ]
        return wallText(span.to) > wallText(span.from)
          ? []
          : [
              problem(
                'gate.span_empty',
                `The freeze ends on ${span.to}, before it begins on ${span.from}`,
                at,
                'Write an end after the beginning.',
              ),
            ]
      })
    default:
      return []
  }
}

/** A day alone is its midnight. */
export function wallText(text: string): string {
  return text.length === 10 ? `${text}T00:00` : text
}

function problem(code: string, message: string, path: string, fix: string): Problem {
  return { code, severity: 'error', message, path, fix }
}
