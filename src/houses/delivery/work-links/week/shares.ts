import { type Bucket, bucketOf, exclusionOf, type WorkUnit } from './classify.ts'
import type { GroupWeeks, Spent } from './spent.ts'

/** A part of the work, by number of pieces, by lines, and by what people spent. */
export interface WorkShare {
  /** Pieces; work for several outcomes counts for each in equal parts, so this may be a fraction. */
  count: number
  /** Of all pieces, 0 to 1; null when there are none. */
  share: number | null
  /** Lines of the pieces whose lines are known. */
  lines: number
  linesShare: number | null
  /** Weeks of people, not to be told of fewer than five. */
  spent: GroupWeeks
  units: WorkUnit[]
}

export interface WorkShares {
  /** Pieces counted. */
  n: number
  lines: number
  /** Pieces whose lines nobody counted. */
  linesUnknown: number
  /** All of it. */
  spent: GroupWeeks
  excluded: { code: string; count: number }[]
  outcomes: (WorkShare & { ref: string })[]
  incidents: WorkShare
  upkeep: WorkShare
  unlinked: WorkShare
}

const NOTHING: ReadonlyMap<string, Spent> = new Map()

/**
 * How work divides between outcomes, incidents, upkeep and what serves nothing that is written down. The shares add up
 * to 1, and so do the weeks of people.
 * @param spent weeks of people by piece
 */
export function workShares(units: readonly WorkUnit[], spent = NOTHING): WorkShares {
  const excluded = new Map<string, number>()
  const counted: WorkUnit[] = []
  for (const unit of units) {
    const code = exclusionOf(unit)
    if (code) excluded.set(code, (excluded.get(code) ?? 0) + 1)
    else counted.push(unit)
  }
  const n = counted.length
  const lines = sum(counted.map((unit) => unit.lines ?? 0))
  const spentOn = (members: readonly { unit: WorkUnit; part: number }[]): GroupWeeks => ({
    weeks: sum(members.map(({ unit, part }) => part * (spent.get(unit.node)?.weeks ?? 0))),
    people: new Set(members.flatMap(({ unit }) => [...(spent.get(unit.node)?.people ?? [])])).size,
  })
  const shareOf = (members: readonly { unit: WorkUnit; part: number }[]): WorkShare => {
    const count = sum(members.map(({ part }) => part))
    const its = sum(members.map(({ unit, part }) => part * (unit.lines ?? 0)))
    return {
      count,
      share: n === 0 ? null : count / n,
      lines: its,
      linesShare: lines === 0 ? null : its / lines,
      spent: spentOn(members),
      units: members.map(({ unit }) => unit).sort((a, b) => b.at - a.at),
    }
  }
  const whole = (members: readonly WorkUnit[]) => members.map((unit) => ({ unit, part: 1 }))
  const inBucket = (bucket: Bucket) => shareOf(whole(counted.filter((unit) => bucketOf(unit) === bucket)))
  const refs = [...new Set(counted.flatMap((unit) => unit.outcomes))]
  const outcomes = refs.map((ref) => ({
    ref,
    ...shareOf(counted.filter((unit) => unit.outcomes.includes(ref)).map((unit) => ({ unit, part: 1 / unit.outcomes.length }))),
  }))
  return {
    n,
    lines,
    linesUnknown: counted.filter((unit) => unit.lines === null).length,
    spent: spentOn(whole(counted)),
    excluded: [...excluded].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1)),
    outcomes: outcomes.sort((a, b) => b.count - a.count || (a.ref < b.ref ? -1 : 1)),
    incidents: inBucket('incidents'),
    upkeep: inBucket('upkeep'),
    unlinked: inBucket('unlinked'),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
