import { DAY, HOUR, type Instant, type Ref } from '../../../ground/core/index.ts'

/** A release that went out. */
export interface Shipped {
  component: Ref
  id: string
  commit: string
  startedAt: Instant | null
  finishedAt: Instant
  failed: boolean
}

/** A question that was put to the gate. */
export interface Asked {
  component: Ref
  commit: string | null
  at: Instant
  verdict: 'go' | 'hold' | 'could_not'
  overridden: boolean
}

/**
 * How a release passed the gate: it asked and was let go, somebody overrode the gate, it went out although held or not
 * judged, or nobody asked.
 */
export type Passage = 'went' | 'overrode' | 'against' | 'unasked'

/** A question without a commit stands for what goes out within a day of it. */
const STANDS_FOR = DAY

/** How each release passed: by the last question about its commit, else by the last one shortly before it that names none. */
export function passages(
  shipped: readonly Shipped[],
  asked: readonly Asked[],
): { release: Shipped; passage: Passage; ask: Asked | null }[] {
  const byComponent = Map.groupBy(asked, ({ component }) => component)
  return shipped.map((release) => {
    const before = (byComponent.get(release.component) ?? []).filter(({ at }) => at <= release.finishedAt)
    const own = before.filter(({ commit }) => commit !== null && isSame(commit, release.commit))
    const near = before.filter(({ commit, at }) => commit === null && at >= (release.startedAt ?? release.finishedAt) - STANDS_FOR)
    const ask = latest(own) ?? latest(near)
    return { release, ask, passage: ask === null ? 'unasked' : ask.verdict !== 'go' ? 'against' : ask.overridden ? 'overrode' : 'went' }
  })
}

/** What the gate held, what that was good for and what it cost. */
export interface Holding {
  /** Commits, or moments without one, that were held. */
  held: number
  /** Held ones that went out later, and failed then all the same or against the gate. */
  failedLater: number
  /** Hours between being held and being let go or going out. */
  waitingHours: number
  /** Held ones that neither were let go nor went out so far. */
  open: number
}

/**
 * Follows every release that was held until it was let go or went out.
 * @param until when looking ends: what is held still has waited until then
 */
export function holdings(shipped: readonly Shipped[], asked: readonly Asked[], until: Instant): Holding {
  const sum: Holding = { held: 0, failedLater: 0, waitingHours: 0, open: 0 }
  const ordered = asked.toSorted((a, b) => a.at - b.at)
  for (const [key, asks] of Map.groupBy(ordered, ({ component, commit }) => `${component} ${commit ?? ''}`)) {
    const component = key.slice(0, key.indexOf(' '))
    let since: Instant | null = null
    const end = (at: Instant) => {
      sum.waitingHours += (at - since!) / HOUR
      since = null
    }
    for (const { verdict, at } of asks) {
      if (verdict === 'hold' && since === null) {
        sum.held += 1
        since = at
      } else if (verdict === 'go' && since !== null) end(at)
    }
    const { commit } = asks[0]!
    const out =
      commit === null
        ? undefined
        : shipped.find(
            (one) =>
              one.component === component &&
              isSame(commit, one.commit) &&
              asks.some(({ verdict, at }) => verdict === 'hold' && at <= one.finishedAt),
          )
    if (out?.failed) sum.failedLater += 1
    if (since === null) continue
    if (out && out.finishedAt >= since) end(out.finishedAt)
    else {
      sum.open += 1
      end(until)
    }
  }
  return sum
}

function latest(asks: readonly Asked[]): Asked | null {
  return asks.reduce<Asked | null>((last, ask) => (last === null || ask.at >= last.at ? ask : last), null)
}

function isSame(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a)
}
