import type { Instant, Problem, Ref, Unit } from '../../../../ground/core/index.ts'
import type { OutcomeIntent, PrincipleIntent, VisionIntent } from '../../intent/intents.ts'

/** What is known of a measure that the page names. */
export interface MeasureFacts {
  title: string
  unit: Unit
  better?: 'higher' | 'lower'
}

/** What an outcome stands at today, as far as anybody knows. */
export interface Today {
  /** In the unit of its measure; null when it is not known. */
  value: number | null
  /** Where the value surely lies. */
  interval?: { low: number; high: number }
  /** Why it is not known. */
  why?: string
  fix?: string
}

/** The page as its readers see it, with what has to be known to judge it. */
export interface Page {
  /** Ref of the namespace, for what is about all of it. */
  everything: Ref
  vision: VisionIntent | null
  outcomes: readonly OutcomeIntent[]
  principles: readonly PrincipleIntent[]
  /** Decisions in force. */
  decisions: readonly { ref: Ref; title: string; serves: readonly Ref[]; supports: readonly Ref[]; against: readonly Ref[] }[]
  /** Investments, with the outcomes they serve. */
  investments: readonly { ref: Ref; title: string; serves: readonly Ref[] }[]
  /** Measures that something answers, by id in small letters. */
  measures: ReadonlyMap<string, MeasureFacts>
  /** Measures that were declared once and are no longer, with the moment they went. */
  gone: ReadonlyMap<string, Instant>
  /** Headline measures of each audience, in the order of their names, and how many it may have. */
  headlines: readonly { audience: string; most: number; measures: readonly { ref: Ref; title: string }[] }[]
  today: ReadonlyMap<Ref, Today>
  /** Work on record; null where none is known. */
  work: Work | null
  at: Instant
}

/** What is known of work. */
interface Work {
  /** Outcomes that some work leads up to. */
  served: ReadonlySet<Ref>
  /** Pieces of the last four weeks, and those of them that serve no outcome. */
  n: number
  unlinked: number
  /** Title of the latest of those. */
  latest?: string
}

/** A remark on the strategy itself, with the thing it is about. */
export type Remark = Problem & { ref: Ref }

/** A rule that could not be judged, and what would change that. */
export interface Unjudged {
  rule: string
  ref?: Ref
  why: string
  fix: string
}

/** A remark: something a careful reader would object to, at a place in the document of a thing. */
export function remark(ref: Ref, rule: string, message: string, fix: string, path?: string): Remark {
  return { ref, code: `lint.${rule}`, severity: 'warning', message, fix, ...(path === undefined ? {} : { path }) }
}
