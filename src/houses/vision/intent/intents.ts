import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Lever } from './outcome.ts'
import type { Quantile, QuantityWritten } from './fields.ts'

/** A vision as read: references are full, dates are moments. */
export interface VisionIntent {
  ref: Ref
  title: string
  statement: string
  horizon?: Instant
  outcomes: Ref[]
  principles: Ref[]
  review?: { every: string; with: string[] }
}

/** An outcome as read. Quantities stay as written until the unit of the measure is known. */
export interface OutcomeIntent {
  ref: Ref
  title: string
  statement: string
  lever?: Lever
  owner?: Ref
  measure?: string
  quantile?: Quantile
  /** A ref, or `namespace:<name>`. */
  subject: string
  baseline?: { value: QuantityWritten; at: Instant }
  /** `by` is the moment the day of the target ends. */
  target?: { value: QuantityWritten; by: Instant }
  guardrails: GuardrailIntent[]
}

export interface GuardrailIntent {
  measure: string
  quantile?: Quantile
  subject: string
  /** Neither limit: no worse than at the outcome's baseline. */
  atMost?: QuantityWritten
  atLeast?: QuantityWritten
}

export interface PrincipleIntent {
  ref: Ref
  title: string
  statement: string
  rationale?: string
  forbids: string[]
  serves: Ref[]
  owner?: Ref
  signals: SignalIntent[]
}

/** A measure with one limit. */
export interface SignalIntent {
  measure: string
  quantile?: Quantile
  /** Judged for this alone; for every component when absent. */
  subject?: string
  atMost?: QuantityWritten
  atLeast?: QuantityWritten
}

/** A permission to break a principle or policy, until a day. */
export interface ExceptionIntent {
  ref: Ref
  title: string
  /** What it excepts from. */
  from: Ref
  /** Components, systems, teams or namespaces it holds for. */
  subjects: string[]
  reason: string
  /** The moment its last day ends. */
  until: Instant
  approvedBy?: Ref
}
