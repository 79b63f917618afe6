import type { Instant, Judgement, Reading, Window } from '../../../ground/core/index.ts'
import type { DeclaredOverride } from '../../governance/index.ts'
import type { BurnAlert } from '../../reliability/index.ts'
import type { DecisionIntent, OutcomeView, PrincipleView, VisionIntent } from '../../vision/index.ts'
import type { Alert } from '../alerts/decide.ts'
import type { ToDecide } from '../decide/deciding.ts'
import type { ToldBin } from '../store/forecasts.ts'

/** A reading with the one of the window before, and which way is better. */
export interface Compared {
  now: Reading
  before?: Reading
  better?: 'higher' | 'lower'
  title: string
}

/** How a span of work divides. Shares of all units of work in it, which are changes, and commits without one. */
export interface WorkSplit {
  window: Window
  /** Units of work. */
  n: number
  /** Commits of the same span, as a ground that is always there. */
  reading: Reading
  parts: WorkPart[]
}
export interface WorkPart {
  kind: 'outcome' | 'upkeep' | 'incident' | 'unlinked'
  /** The outcome, for work that serves one. */
  ref?: string
  title: string
  n: number
  share: number
  /** A few records of it, as grounds. */
  evidence: { id: string; title: string }[]
}

/** What a repository's history tells by itself, whatever anybody intended. */
export interface RepositoryFacts {
  window: Window & { quiet: boolean }
  /** Repositories and components with evidence in the window. */
  subjects: string[]
  commits: Reading
  people: Reading
  bots: Reading
  throughChanges: Reading
  frequency: Reading
  size: Reading
  leadTime: Reading
  owned: Reading
  area: { name: string; reading: Reading } | null
  /** Changes with a number of their own (pull requests) among all changes. */
  numbered: { numbered: number; changes: number } | null
  latestDeployment: { id: string; name: string; at: Instant } | null
  /** The change that took longest from first commit to production. */
  longest: { id: string; title: string; seconds: number } | null
}

/** Everything a brief is told from: judgements, readings, decisions, history. */
export interface BriefFacts {
  scope: string
  at: Instant
  /** What "the last four weeks" means. */
  window: Window
  /** The window delivery is told for: the last four weeks, or the story of a repository nobody promised anything about. */
  deliveryWindow: Window
  vision: VisionIntent | null
  outcomes: readonly OutcomeView[]
  principles: readonly PrincipleView[]
  /** Readings of the delivery measures by id; those not registered are absent. */
  delivery: ReadonlyMap<string, Compared>
  /** Whether any incident was ever recorded in the scope: without, failures are told by reverts and the like alone. */
  incidentsKnown: boolean
  work: WorkSplit | null
  decisions: readonly DecisionIntent[]
  /** Overrides of the release gate in the last four weeks. */
  overrides: readonly DeclaredOverride[]
  /** Alerts of error budgets that woke somebody in the last week. */
  pages: readonly BurnAlert[]
  /** Assumptions behind decisions in force, judged. */
  assumptions: readonly { decision: DecisionIntent; judgement: Judgement; because?: string }[]
  /** What they said would show first that they fail, judged. */
  tripwires: readonly { decision: DecisionIntent; judgement: Judgement; because?: string }[]
  deciding: readonly ToDecide[]
  /** How often forecasts of about each probability came true, where enough have come due. */
  forecasts: readonly ToldBin[]
  /** Changes of level lately, worst first; empty where nobody is going to read them. */
  changed: readonly Alert[]
  /** What the history of commits looks like; null when none is known. */
  history: { quiet: boolean } | null
  /** What the history tells; null when none is known, and where nobody is going to read it. */
  repository: RepositoryFacts | null
  /** A reading that stands for "nothing is known here", when there is no history. */
  nothing: Reading
}
