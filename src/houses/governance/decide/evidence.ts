import type { Instant, Reading, Ref, Unknown } from '../../../ground/core/index.ts'
import type { BurnWindow } from '../intent/index.ts'

/** How one SLO stands, as far as rules look at it. */
export interface SloEvidence {
  slo: Ref
  title: string
  /** Whether it is a promise of the component itself; else a rule names it. */
  own: boolean
  /** The span its budget is for, in words. */
  window: string
  /** Share of the budget left, negative when overspent; null when unknown. */
  remaining: number | null
  minutesLeft: number | null
  minutesTotal: number | null
  burn: Readonly<Partial<Record<BurnWindow, number | null>>>
  /** Events behind it. */
  n: number
  unknown?: Unknown
}

/** An incident that is open at the moment asked about. */
export interface OpenIncident {
  /** `incident:<source>/<id>` */
  id: string
  /** Every name it goes by. */
  names: readonly string[]
  subject: Ref
  title: string
  severity: string | null
  openedAt: Instant
}

/** A new deployment of the past, and whether it had failed by then. */
export interface PastDeployment {
  id: string
  finishedAt: Instant
  failed: boolean
  /** Records that say so. */
  failedBy: readonly string[]
}

/** An exception from a policy that is in force. */
export interface InForce {
  ref: Ref
  policy: Ref
  reason: string
  until: Instant
}

/** An override that is in force. */
export interface Override {
  decision: Ref
  reason: string
  by: Ref
  until: Instant
}

/** What a release says of itself. */
export interface Release {
  component: Ref
  environment: string
  commit: string | null
  /** Incidents it fixes, by any of their names. */
  fixes: readonly string[]
  purpose: 'feature' | 'fix' | 'reliability' | 'security' | null
}

/** Everything rules are judged by, as it was known at a moment. What no rule of a policy asks for may be empty. */
export interface Evidence {
  at: Instant
  /** The component, its systems and its namespace: what policies and exceptions may name. */
  belongs: readonly string[]
  slos: readonly SloEvidence[]
  incidents: readonly OpenIncident[]
  /** Whether any incident of its namespace was ever told: else silence says nothing. */
  incidentsHeard: boolean
  /** New deployments, newest first, as far back as any rule looks. */
  deployments: readonly PastDeployment[]
  /** Whether anything that could tell of failures was ever heard. */
  failuresHeard: boolean
  /** By `<policy>#<rule>`. */
  readings: Readonly<Record<string, Reading>>
  exceptions: readonly InForce[]
  override: Override | null
}
