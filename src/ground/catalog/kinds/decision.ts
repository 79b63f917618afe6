import * as z from 'zod'
import type { EntityKind, StatedLink } from '../catalog.ts'
import { expectationFields, expectationLinks, expectationProblems } from './expectation.ts'
import { DateText, MeasureId, measureRef, QuantityText, RefText, StatedLinks, SubjectText, Words } from './fields.ts'

/** CONTRACTS, status words of decisions. A record that names none is "not stated". */
export const DECISION_STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded', 'draft', 'not stated'] as const
export type DecisionStatus = (typeof DECISION_STATUSES)[number]

const Option = z.strictObject({
  title: Words,
  description: z.string().optional(),
  good: z.array(Words).optional(),
  bad: z.array(Words).optional(),
  neutral: z.array(Words).optional(),
})

/** How options compare by one criterion: a row of the matrix that shows what is traded for what. */
const TradeOff = z.strictObject({
  criterion: Words,
  /** The outcome the criterion stands for. */
  outcome: RefText('outcome').optional(),
  options: z
    .array(
      z.strictObject({
        /** Title of one of the options. */
        option: Words,
        effect: z.enum(['much better', 'better', 'same', 'worse', 'much worse', 'unknown']),
        note: z.string().max(2_000).optional(),
      }),
    )
    .max(100),
})

/** What a decision rests on, as a limit on a measure that is watched. */
const Assumption = z.strictObject({
  measure: MeasureId,
  subject: SubjectText.optional(),
  quantile: z.enum(['p50', 'p75', 'p90']).optional(),
  atMost: QuantityText.optional(),
  atLeast: QuantityText.optional(),
  because: z.string().optional(),
})

/** A decision as written in YAML or read from a decision record (MADR, Nygard, front matter). */
export const DecisionSpec = z.strictObject({
  status: z.enum(DECISION_STATUSES).optional(),
  /** The word of the record itself where it is not one of ours: "Implemented". */
  statusAsWritten: z.string().optional(),
  /** Its number in the log; two records of one log should not share it. */
  number: z.number().int().min(0).optional(),
  date: DateText.optional(),
  /** Groups and people by reference, or names as the record writes them. */
  deciders: z.array(Words).optional(),
  consulted: z.array(Words).optional(),
  informed: z.array(Words).optional(),
  context: z.string().optional(),
  drivers: z.array(Words).optional(),
  options: z.array(Option).optional(),
  /** Options by criteria. */
  tradeOffs: z.array(TradeOff).max(100).optional(),
  outcome: z.string().optional(),
  consequences: z.string().optional(),
  confirmation: z.string().optional(),
  /** The whole record as Markdown, for reading. */
  body: z.string().optional(),
  serves: z.array(RefText('outcome')).optional(),
  supports: z.array(RefText('principle')).optional(),
  against: z.array(RefText('principle')).optional(),
  supersedes: z.array(RefText('decision')).optional(),
  supersededBy: z.array(RefText('decision')).optional(),
  affects: z.array(RefText('component')).optional(),
  assumptions: z.array(Assumption).optional(),
  ...expectationFields,
  revisitBy: DateText.optional(),
  owner: RefText('group').optional(),
  links: StatedLinks.optional(),
})
export type DecisionSpec = z.infer<typeof DecisionSpec>

const TARGETS = {
  serves: 'outcome',
  supports: 'principle',
  against: 'principle',
  supersedes: 'decision',
  supersededBy: 'decision',
  affects: 'component',
} as const

export const decisionKind: EntityKind = {
  kind: 'Decision',
  apiVersions: ['throughline.dev/v1'],
  spec: DecisionSpec,
  links(spec) {
    const stated: StatedLink[] = Object.entries(TARGETS).flatMap(([type, kind]) =>
      listOf(spec[type]).map((to, index) => ({ type, to, kind, path: `spec.${type}.${index}` })),
    )
    if (typeof spec.owner === 'string') stated.push({ type: 'ownedBy', to: spec.owner, kind: 'group', path: 'spec.owner' })
    const assumptions = Array.isArray(spec.assumptions) ? (spec.assumptions as { measure: string }[]) : []
    return [
      ...stated,
      ...assumptions.map(({ measure }, index) => ({
        type: 'measuredBy',
        to: measureRef(measure),
        path: `spec.assumptions.${index}.measure`,
      })),
      ...expectationLinks(spec),
    ]
  },
  check: ({ spec }) => expectationProblems(spec, typeof spec.date === 'string' ? spec.date : undefined),
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
