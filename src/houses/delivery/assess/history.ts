import type { Instant } from '../../../ground/core/index.ts'
import type { CommitRecord, CommitRow, Method } from './facts.ts'
import { compare } from './merge/fields.ts'

/** A moment that shows what the main line holds: a change was merged, or a deployment succeeded. */
export type Anchor =
  | { kind: 'merge'; at: Instant; id: string; sha: string }
  | { kind: 'deployment'; at: Instant; id: string; sha: string; stated: readonly string[] | null }

/** Where a commit stands while history is walked; everything but the unit it belongs to. */
export type Standing = Omit<CommitRow, 'unit'>

/** In order of time; what happened in one moment was merged before it was deployed. */
function inOrder(a: Anchor, b: Anchor): number {
  return a.at - b.at || compare(b.kind, a.kind) || compare(a.id, b.id)
}

/**
 * Walks the history of commits once, along its anchors: which commits each merge brought to the main line, and which
 * deployment was the first to hold each commit. A deployment holds its commit and all ancestors; it owns those that no
 * earlier deployment owns, so a walk stops where earlier ones have been (as `git rev-list new ^old` does). Time alone
 * never attributes anything.
 */
export class History {
  readonly #commits: ReadonlyMap<string, CommitRecord>
  readonly #standing: Map<string, Standing>

  /** @param before where commits stood before the first anchor; a commit in neither map is only known by name */
  constructor(commits: ReadonlyMap<string, CommitRecord>, before: Iterable<Standing> = []) {
    this.#commits = commits
    this.#standing = new Map([...before].map((standing) => [standing.sha, standing]))
    for (const sha of commits.keys()) this.#at(sha).known = true
  }

  /** @param deployed whether anything was deployed before the first anchor */
  walk(anchors: readonly Anchor[], deployed = false): void {
    let first = !deployed
    const ordered = anchors.toSorted(inOrder)
    for (let from = 0, to = 0; from < ordered.length; from = to) {
      const { at, kind } = ordered[from]!
      while (ordered[to]?.at === at && ordered[to]?.kind === kind) to++
      for (const anchor of this.#ancestorsFirst(ordered.slice(from, to))) {
        this.#integrate(anchor.sha, anchor.at)
        if (anchor.kind !== 'deployment') continue
        this.#deploy(anchor, first)
        first = false
      }
    }
  }

  get(sha: string): Standing | undefined {
    return this.#standing.get(sha)
  }

  all(): Iterable<Standing> {
    return this.#standing.values()
  }

  /**
   * Anchors of one kind and moment, each after those whose commits it holds: a rebase gives a whole branch one time.
   * Only what no earlier anchor reached is looked at, so that history is still walked once.
   */
  #ancestorsFirst(anchors: readonly Anchor[]): readonly Anchor[] {
    if (anchors.length < 2) return anchors
    const isNew = ({ deployment, integratedAt }: Standing) =>
      anchors[0]!.kind === 'deployment' ? deployment === null : integratedAt === Infinity
    const places = new Map<string, number>()
    const seen = new Set<string>()
    for (const { sha: tip } of anchors) {
      const open = [{ sha: tip, left: false }]
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (next.left) places.set(next.sha, places.size)
        if (next.left || seen.has(next.sha) || !isNew(this.#at(next.sha))) continue
        seen.add(next.sha)
        open.push({ ...next, left: true }, ...(this.#commits.get(next.sha)?.parents ?? []).map((sha) => ({ sha, left: false })))
      }
    }
    return anchors.toSorted((a, b) => (places.get(a.sha) ?? -1) - (places.get(b.sha) ?? -1))
  }

  /**
   * The main line is the chain of first parents. A merge on it brings in whatever its other parents reach and no
   * earlier main commit had brought.
   */
  #integrate(tip: string, at: Instant): void {
    const chain: Standing[] = []
    for (let sha: string | undefined = tip; sha !== undefined; sha = this.#commits.get(sha)?.parents[0]) {
      const standing = this.#at(sha)
      if (standing.integratedAt !== Infinity) break
      Object.assign(standing, { integratedAt: at, main: sha })
      chain.push(standing)
    }
    for (const main of chain.toReversed()) {
      const open = [...(this.#commits.get(main.sha)?.parents.slice(1) ?? [])]
      for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
        const standing = this.#at(sha)
        if (standing.integratedAt !== Infinity) continue
        Object.assign(standing, { integratedAt: at, main: main.sha })
        open.push(...(this.#commits.get(sha)?.parents ?? []))
      }
    }
  }

  /** The first deployment of all owns whatever it holds, but only what its sender stated is attributed to it. */
  #deploy({ sha, id, at, stated }: Extract<Anchor, { kind: 'deployment' }>, first: boolean): void {
    const open = [sha]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const standing = this.#at(next)
      if (standing.deployment !== null) continue
      Object.assign(standing, { deployment: id, deployedAt: at, method: first ? 'first' : 'ancestry' } satisfies Partial<Standing>)
      open.push(...(this.#commits.get(next)?.parents ?? []))
    }
    for (const named of stated ?? []) {
      const standing = this.#at(named)
      if (standing.deployment === null || standing.deployment === id)
        Object.assign(standing, { deployment: id, deployedAt: at, method: 'stated' satisfies Method })
    }
  }

  #at(sha: string): Standing {
    let standing = this.#standing.get(sha)
    if (!standing) this.#standing.set(sha, (standing = fresh(sha, false)))
    return standing
  }
}

function fresh(sha: string, known: boolean): Standing {
  return { sha, known, main: null, integratedAt: Infinity, deployment: null, deployedAt: Infinity, method: null }
}
