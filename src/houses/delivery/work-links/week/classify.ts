import type { NodeId } from '../../../../ground/catalog/index.ts'
import { conventionalType, REPAIR_TYPES, UPKEEP_TYPES } from '../conventional.ts'

/** One piece of work done: a merged change, or a commit that is part of none. */
export interface WorkUnit {
  /** Record id, without its subject. */
  id: string
  /** The same with its subject, as links and traces name it. */
  node: NodeId
  subject: string
  title: string
  /** When it was merged or committed. */
  at: number
  /** Lines added and deleted; null when nobody counted them. */
  lines: number | null
  labels: readonly string[]
  paths: readonly string[]
  reverts: boolean
  /** It fixes an incident that is known. */
  fixesIncident: boolean
  bot: boolean
  merge: boolean
  branch: string | null
  /** Outcomes it leads up to. */
  outcomes: readonly string[]
}

export type Bucket = 'outcome' | 'incidents' | 'upkeep' | 'unlinked'

const UPKEEP_LABELS = /^(?:dependencies|deps|chore|documentation|docs|ci|build|refactor|refactoring|tests?|maintenance|tech[- ]?debt)$/i
const REPAIR_LABELS = /^(?:bug|hotfix|incident|regression|outage)$/i
const UPKEEP_PATHS =
  /(?:^|\/)(?:docs?|\.github|\.gitlab|\.circleci|tests?|__tests__|spec)\/|(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|go\.sum|cargo\.lock|poetry\.lock|composer\.lock|gemfile\.lock)$|\.(?:md|adoc|rst)$|\.(?:test|spec)\.[a-z]+$/i
const UPKEEP_TITLE =
  /^(?:bump|upgrade|update) [\w@./-]+ (?:from|to) v?\d|^(?:update|refresh) (?:the )?(?:dependenc|lock ?file|changelog|readme)|^release v?\d|^prepare (?:release|for next)/i
const REPAIR_TITLE = /^(?:hot-?fix|revert|rollback|roll back)\b|\b(?:outage|incident|post-?mortem)\b/i

/**
 * Where a piece of work counts. What leads up to an outcome counts there, whatever its type. Then incidents: it fixes a
 * known incident, reverts something, or says so by type (`fix`, `hotfix`), label, branch or title. Then upkeep: by type
 * (`chore`, `ci`, `build`, `deps`, `docs`, `refactor`, `test`, `style`), label, title of a dependency update, or because
 * it touches nothing but documentation, tests, pipelines and lock files. The rest is unlinked.
 */
export function bucketOf(unit: WorkUnit): Bucket {
  if (unit.outcomes.length > 0) return 'outcome'
  const type = conventionalType(unit.title)?.type ?? ''
  const repairs =
    unit.fixesIncident ||
    unit.reverts ||
    REPAIR_TYPES.has(type) ||
    unit.labels.some((label) => REPAIR_LABELS.test(label)) ||
    /^hot-?fix(?:es)?\//i.test(unit.branch ?? '') ||
    REPAIR_TITLE.test(unit.title)
  if (repairs && !UPKEEP_TYPES.has(type)) return 'incidents'
  const keeps =
    UPKEEP_TYPES.has(type) ||
    unit.labels.some((label) => UPKEEP_LABELS.test(label)) ||
    UPKEEP_TITLE.test(unit.title) ||
    (unit.paths.length > 0 && unit.paths.every((path) => UPKEEP_PATHS.test(path)))
  return keeps ? 'upkeep' : 'unlinked'
}

/** Why a piece of work is not counted; null when it is. Programs are counted apart, joins of branches not at all. */
export function exclusionOf(unit: WorkUnit): 'bot' | 'merge_commit' | null {
  if (unit.merge) return 'merge_commit'
  return unit.bot ? 'bot' : null
}
