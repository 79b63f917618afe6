import type { Instant, Judgement, Ref } from '../../../ground/core/index.ts'
import type { HeldRelease } from '../../governance/index.ts'
import type { BurnAlert } from '../../reliability/index.ts'
import { type DecisionIntent, endsSoon, type ExceptionIntent, type ReviewDue } from '../../vision/index.ts'

/** Something somebody has to decide. */
export type ToDecide =
  | { kind: 'budget_burns'; service: Ref; alerts: readonly BurnAlert[]; owner: Ref | null }
  | { kind: 'gate_holds'; held: HeldRelease; owner: Ref | null }
  | { kind: 'assumption_broken' | 'tripwire_fired'; decision: DecisionIntent; judgement: Judgement; because?: string }
  | { kind: 'revisit'; decision: DecisionIntent; by: Instant }
  | { kind: 'exception_expired' | 'exception_expiring'; exception: ExceptionIntent; stillBroken: boolean }
  | { kind: 'review_due'; review: ReviewDue }
  | { kind: 'proposals'; decisions: DecisionIntent[] }
  | { kind: 'suggestions'; total: number }

interface JudgedLimit {
  decision: DecisionIntent
  judgement: Judgement
  because?: string
}

export interface DecidingGrounds {
  decisions: readonly DecisionIntent[]
  /** Assumptions of decisions in force, judged. */
  assumptions: readonly JudgedLimit[]
  /** What they said would show first that they fail, judged. */
  tripwires: readonly JudgedLimit[]
  exceptions: readonly ExceptionIntent[]
  /** Subjects that break the principle an exception excepts from, with or without permission. */
  breaking: ReadonlyMap<string, ReadonlySet<string>>
  suggestions: number
  /** When the vision is to be reviewed; null where it states no cadence. */
  review: ReviewDue | null
  /** Alerts that fire, and releases that the gate holds. */
  firing: readonly BurnAlert[]
  held: readonly HeldRelease[]
  /** Owners of the components these are about. */
  owners: ReadonlyMap<Ref, Ref | null>
  at: Instant
}

/** What waits for a decision: what burns and who is held now, then broken reasons and tripwires first, then dates that passed, exceptions, proposals, suggestions. */
export function toDecide({
  decisions,
  assumptions,
  tripwires,
  exceptions,
  breaking,
  suggestions,
  review,
  firing,
  held,
  owners,
  at,
}: DecidingGrounds): ToDecide[] {
  const beyond = (kind: 'assumption_broken' | 'tripwire_fired', limits: readonly JudgedLimit[]) =>
    limits.filter(({ judgement }) => judgement.state === 'missed').map((one): ToDecide => ({ kind, ...one }))
  const due = decisions
    .filter((decision) => decision.status === 'accepted' && decision.revisitBy !== undefined && decision.revisitBy <= at)
    .sort((a, b) => a.revisitBy! - b.revisitBy!)
    .map((decision): ToDecide => ({ kind: 'revisit', decision, by: decision.revisitBy! }))
  const ending = exceptions
    .filter((exception) => exception.until <= at || endsSoon(exception, at))
    .map((exception): ToDecide & { kind: 'exception_expired' | 'exception_expiring' } => ({
      kind: exception.until <= at ? 'exception_expired' : 'exception_expiring',
      exception,
      stillBroken: exception.subjects.some((subject) => breaking.get(exception.from)?.has(subject)),
    }))
    // An exception that ran out and is no longer needed asks nothing of anybody.
    .filter(({ kind, stillBroken }) => kind === 'exception_expiring' || stillBroken)
    .sort((a, b) => a.exception.until - b.exception.until)
  const proposed = decisions.filter((decision) => decision.status === 'proposed')
  const burning = [...Map.groupBy(firing, ({ service }) => service)].map(([service, alerts]): ToDecide => ({
    kind: 'budget_burns',
    service,
    alerts,
    owner: owners.get(service) ?? null,
  }))
  return [
    ...burning,
    ...held.map((one): ToDecide => ({ kind: 'gate_holds', held: one, owner: owners.get(one.component) ?? null })),
    ...beyond('assumption_broken', assumptions),
    ...beyond('tripwire_fired', tripwires),
    ...due,
    ...(review?.overdue ? [{ kind: 'review_due' as const, review }] : []),
    ...ending,
    ...(proposed.length > 0 ? [{ kind: 'proposals' as const, decisions: proposed }] : []),
    ...(suggestions > 0 ? [{ kind: 'suggestions' as const, total: suggestions }] : []),
  ]
}
