import type { History } from '../history/history.ts'
import type { Family } from '../message/conventions.ts'
import type { Landing } from '../message/landing.ts'
import type { Lines } from './lines.ts'

/** Which commits requests landed as. */
export interface Landed {
  /** From every commit a request landed as, or as one of several, to the last of them. */
  as: Map<number, number>
  /** The host whose numbers count now: the one most of the latest hundred requests name. */
  host: Family | null
  /** Commits that carry a number another request has: cherry-picks, or references to issues. */
  repeated: number
}

type Request = Extract<Landing, { kind: 'pull' | 'part' }>

/**
 * Finds where requests landed: merges anywhere but in imported history, squashes on a trunk, and squashes off it when
 * the host itself committed them (a request merged into the branch of another). A number counts once for each host:
 * merges before squashes, older before newer. Several commits of one request count as one while they stand in a row.
 */
export function landedIn(history: History, lines: Lines, landings: ReadonlyMap<number, Landing>): Landed {
  const candidates: { commit: number; request: Request; place: number }[] = []
  for (let place = 0; place < lines.order.length; place++) {
    const commit = lines.order.at(place)
    const request = landings.get(commit)
    if (request?.kind !== 'pull' && request?.kind !== 'part') continue
    if (!lines.imported[commit] && (request.merge || lines.trunk[commit] || (request.kind === 'pull' && request.byHost)))
      candidates.push({ commit, request, place })
  }
  const rank = ({ commit, request }: (typeof candidates)[number]) => (request.merge ? 0 : lines.trunk[commit] ? 1 : 2)
  const time = ({ commit }: (typeof candidates)[number]) => history.committedAt.at(commit) || 0
  candidates.sort(
    (one, other) =>
      rank(one) - rank(other) || (rank(one) === 1 ? one.place - other.place : time(one) - time(other) || one.place - other.place),
  )

  const landed: Landed = {
    as: new Map(),
    host: hostOf(candidates.map((one) => ({ family: one.request.family, at: time(one) }))),
    repeated: 0,
  }
  const groups = new Map<string, { commits: number[]; lastPlace: number; part: boolean }>()
  for (const { commit, request, place } of candidates) {
    const key = request.number === null ? `commit ${commit}` : `${request.family} ${request.number}`
    const group = groups.get(key)
    if (!group) groups.set(key, { commits: [commit], lastPlace: place, part: request.kind === 'part' })
    else if (group.part && request.kind === 'part' && group.lastPlace === place - 1) {
      group.commits.push(commit)
      group.lastPlace = place
    } else if (request.kind === 'pull') landed.repeated++
  }
  for (const { commits } of groups.values()) for (const commit of commits) landed.as.set(commit, commits.at(-1)!)
  return landed
}

const LATEST = 100

/** Repositories move; numbers of a former host would collide with those of the present one. */
function hostOf(requests: { family: Family; at: number }[]): Family | null {
  const votes = new Map<Family, number>()
  for (const { family } of requests.sort((one, other) => other.at - one.at).slice(0, LATEST))
    votes.set(family, (votes.get(family) ?? 0) + 1)
  return [...votes].sort((one, other) => other[1] - one[1])[0]?.[0] ?? null
}
