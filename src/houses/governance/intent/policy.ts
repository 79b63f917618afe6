import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { BURN_WINDOWS, Purpose, Weekday } from './gate-rules.ts'

/** One of the windows a burn rate is read over. */
export type BurnWindow = (typeof BURN_WINDOWS)[number]

/** What every rule says of itself. */
interface RuleHead {
  name: string
  mode: 'enforce' | 'warn'
  exempt: readonly Purpose[]
}
interface MayBeUnknown {
  unknown: 'pass' | 'warn' | 'hold'
}
interface AboutSlos {
  /** All of the component where null. */
  slos: readonly Ref[] | null
  /** What a budget policy says is done in this step. */
  step?: string
}

/** A span nothing is released in, in wall time of the rule's zone (`2026-12-20T18:00`). */
export type FreezeSpan =
  | { from: string; to: string; reason: string; except: readonly string[] }
  | { days: readonly Weekday[]; after: string; before: string; reason: string; except: readonly string[] }

/** A rule as it is judged: lengths in milliseconds, shares as numbers, names in full. */
export type Rule =
  | (RuleHead & MayBeUnknown & AboutSlos & { rule: 'budget'; atLeast: number })
  | (RuleHead & MayBeUnknown & AboutSlos & { rule: 'burn'; atMost: number; window: BurnWindow })
  | (RuleHead & { rule: 'freeze'; zone: string; spans: readonly FreezeSpan[] })
  | (RuleHead & MayBeUnknown & { rule: 'open_incident'; severities: readonly string[] | null })
  | (RuleHead & MayBeUnknown & { rule: 'recent_failures'; atMost: number; last: number | null; within: number | null })
  | (RuleHead &
      MayBeUnknown & {
        rule: 'measure'
        measure: string
        subject: string | null
        where: Readonly<Record<string, string>>
        quantile: 'p50' | 'p75' | 'p90' | null
        window: number
        atMost: number | string | null
        atLeast: number | string | null
      })

/** A policy as it is judged. */
export interface Policy {
  /** Null for the one that applies where none is declared. */
  ref: Ref | null
  title: string
  /** Version of the entity; 0 for the default. */
  version: number
  covers: readonly string[]
  environment: string
  rules: readonly Rule[]
}

/** A budget policy as it is judged. */
export interface BudgetPolicy {
  ref: Ref
  title: string
  version: number
  covers: readonly string[]
  slos: readonly Ref[] | null
  owner: Ref | null
  steps: readonly {
    name: string
    when: { below: number } | { above: number; window: BurnWindow }
    actions: readonly string[]
    tell: readonly Ref[]
    gate?: 'enforce' | 'warn' | undefined
    exempt: readonly Purpose[]
  }[]
}

/** A freeze as it is judged. */
export interface Freeze {
  ref: Ref
  title: string
  version: number
  covers: readonly string[]
  environment: string
  from: Instant
  to: Instant
  zone: string
  reason: string
  exempt: readonly Purpose[]
  by: Ref | null
}

/**
 * What applies where nobody declared a policy: an open incident and a spent budget hold, all else warns, and what is not
 * known only warns, so that a first installation holds nothing for want of data.
 */
export const DEFAULT_POLICY: Policy = {
  ref: null,
  title: 'default policy',
  version: 0,
  covers: [],
  environment: 'production',
  rules: [
    { rule: 'open_incident', name: 'open_incident', mode: 'enforce', unknown: 'warn', exempt: [], severities: null },
    { rule: 'budget', name: 'budget', mode: 'enforce', unknown: 'warn', exempt: ['reliability', 'security'], atLeast: 0, slos: null },
    { rule: 'burn', name: 'burn', mode: 'warn', unknown: 'pass', exempt: [], atMost: 14.4, window: '1h', slos: null },
    { rule: 'recent_failures', name: 'recent_failures', mode: 'warn', unknown: 'pass', exempt: [], atMost: 1, last: 5, within: null },
  ],
}
