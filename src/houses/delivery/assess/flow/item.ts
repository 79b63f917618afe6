import type { Instant, Ref } from '../../../../ground/core/index.ts'

/** What one revision of a work item said of how far it is, and from when on that holds. */
export interface Said {
  at: Instant
  state: 'open' | 'done' | 'dropped'
  /** Somebody works on it, by the name of its state. */
  underWay: boolean
}

/** A change, or a commit without one, that a work item names or that names it. */
export interface ItemChange {
  id: string
  subject: Ref
  /** A commit nobody opened a change for: its work ends when it is committed. */
  direct: boolean
  authoredAt: Instant | null
  openedAt: Instant | null
  reviewedAt: Instant | null
  mergedAt: Instant | null
  /** Closed without being merged. */
  givenUpAt: Instant | null
  /** When production first had it; null while it has not. */
  deployedAt: Instant | null
  deployment: string | null
  /** The deployment has nothing before it, so nobody can say that the change was new in it. */
  firstOfAll: boolean
}

/** A work item with what its tracker said of it, in order, and its changes. */
export interface WorkItem {
  /** Record id, without its subject. */
  id: string
  /** The same with its subject, as links and traces name it. */
  node: string
  subject: Ref
  title: string
  url: string | null
  type: string | null
  labels: readonly string[]
  /** What its source says of whether it was planned. */
  planned: boolean | null
  parent: string | null
  createdAt: Instant
  startedAt: Instant | null
  said: readonly Said[]
  changes: readonly ItemChange[]
}

const DONE = /^(?:done|closed|completed?|resolved|fixed|finished|released|delivered|shipped|merged|accepted|verified)$/i
const DROPPED =
  /^(?:cancell?ed|dropped|duplicate|rejected|declined|abandoned|obsolete|invalid|not[ _-]planned|won['’]?t[ _-]?(?:do|fix)|wontfix)$/i
const UNDER_WAY =
  /^(?:in[ _-](?:progress|development|review|testing|test)|started|doing|wip|work in progress|implementing|reviewing|testing|under review)$/i

/** What the name of a state and a date of being done amount to, whichever tracker says so. */
export function saidBy(state: string, doneAt: Instant | null, at: Instant): Said {
  const word = state.trim()
  if (DROPPED.test(word)) return { at: doneAt ?? at, state: 'dropped', underWay: false }
  if (doneAt !== null || DONE.test(word)) return { at: doneAt ?? at, state: 'done', underWay: false }
  return { at, state: 'open', underWay: UNDER_WAY.test(word) }
}

/** How a work item stood at a moment, by what its tracker had said by then. */
export interface Standing {
  state: Said['state']
  /** From when on it has been so. */
  since: Instant
  /** Spans in which it was done until it was opened again. */
  closed: readonly { from: Instant; to: Instant }[]
}

export function standingAt({ createdAt, said }: Pick<WorkItem, 'createdAt' | 'said'>, at: Instant): Standing {
  let state: Said['state'] = 'open'
  let since = createdAt
  const closed: { from: Instant; to: Instant }[] = []
  for (const one of said) {
    if (one.at >= at || one.state === state) continue
    if (state === 'done' && one.state === 'open' && one.at > since) closed.push({ from: since, to: one.at })
    state = one.state
    since = one.at
  }
  return { state, since, closed }
}

/** When work on it began, as its tracker tells; null where it does not. */
export function startOf({ startedAt, said }: Pick<WorkItem, 'startedAt' | 'said'>, at: Instant): Instant | null {
  const told = startedAt ?? said.find(({ underWay }) => underWay)?.at ?? null
  return told !== null && told < at ? told : null
}
