import * as z from 'zod'
import { type EntityDraft, type EntityKind, RefText, StatedLinks } from '../../../ground/catalog/index.ts'
import type { Problem } from '../../../ground/core/index.ts'
import { coveredLinks, Covers } from './gate-policy.ts'
import { BURN_WINDOWS, PURPOSES } from './gate-rules.ts'

const Share = z.union([z.number(), z.string().regex(/^\s*[+-]?\d+(?:\.\d+)?\s*%\s*$/)], { error: 'write a share such as 10% or 0.1' })

/** When a step is in force: so little of the budget is left, or it is spent so fast. */
const When = z.union(
  [
    z.strictObject({ budget: z.strictObject({ below: Share }) }),
    z.strictObject({ burn: z.strictObject({ above: z.number().min(0).max(100_000), window: z.enum(BURN_WINDOWS) }) }),
  ],
  { error: 'write budget: { below: 25% } or burn: { above: 6, window: 6h }' },
)

const Step = z.strictObject({
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/, 'a step is named by small letters, digits, and inner - or _'),
  when: When,
  /** What is done, in words. */
  actions: z.array(z.string().trim().min(1).max(400)).min(1).max(20),
  /** Who is told. */
  tell: z.array(RefText('group')).max(20).default([]),
  /** What the release gate does meanwhile; nothing where left out. */
  gate: z.enum(['enforce', 'warn']).optional(),
  /** Releases for these purposes go out all the same. */
  exempt: z.array(z.enum(PURPOSES)).max(PURPOSES.length).default([]),
})
export type BudgetStep = z.output<typeof Step>

/** What is done as an error budget runs out: steps, mildest first (SRE Workbook, "Example Error Budget Policy"). */
export const BudgetPolicySpec = z.strictObject({
  for: Covers,
  /** SLOs it looks at; all of the service where left out. */
  slos: z.array(RefText('slo')).max(50).optional(),
  steps: z.array(Step).min(1).max(20),
  owner: RefText('group').optional(),
  links: StatedLinks.optional(),
})
export type BudgetPolicySpec = z.output<typeof BudgetPolicySpec>

export const budgetPolicyKind: EntityKind = {
  kind: 'BudgetPolicy',
  apiVersions: ['throughline.dev/v1'],
  spec: BudgetPolicySpec,
  links(spec) {
    const read = BudgetPolicySpec.safeParse(spec)
    if (!read.success) return []
    const { for: covers, owner } = read.data
    return [...coveredLinks(covers), ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : [])]
  },
  check: ({ spec }: EntityDraft): Problem[] => {
    const read = BudgetPolicySpec.safeParse(spec)
    if (!read.success) return []
    const names = read.data.steps.map(({ name }) => name)
    return names.flatMap((name, index): Problem[] =>
      names.indexOf(name) === index
        ? []
        : [
            {
              code: 'budget_policy.step_twice',
              severity: 'error',
              message: `Two steps are called ${name}`,
              path: `spec.steps.${index}.name`,
              fix: 'Give each step a name of its own.',
            },
          ],
    )
  },
}
