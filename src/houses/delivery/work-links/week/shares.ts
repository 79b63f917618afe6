import { type Bucket, bucketOf, exclusionOf, type WorkUnit } from './classify.ts'

/** A part of the work, by number of pieces and by lines. */
export interface WorkShare {
  /** Pieces; work for several outcomes counts for each in equal parts, so this may be a fraction. */
  count: number
  /** Of all pieces, 0 to 1; null when there are none. */
  share: number | null
  /** Lines of the pieces whose lines are known. */
  lines: number
  linesShare: number | null
  units: WorkUnit[]
}

export interface WorkShares {
  /** Pieces counted. */
  n: number
  lines: number
  /** Pieces whose lines nobody counted. */
  linesUnknown: number
  excluded: { code: string; count: number }[]
  outcomes: (WorkShare & { ref: string })[]
  incidents: WorkShare
  upkeep: WorkShare
  unlinked: WorkShare
}

/** How work divides between outcomes, incidents, upkeep and what serves nothing that is written down. The shares add up to 1. */
export function workShares(units: readonly WorkUnit[]): WorkShares {
  const excluded = new Map<string, number>()
  const counted: WorkUnit[] = []
  for (const unit of units) {
    const code = exclusionOf(unit)
    if (code) excluded.set(code, (excluded.get(code) ?? 0) + 1)
    else counted.push(unit)
  }
  const n = counted.length
  const lines = sum(counted.map((unit) => unit.lines ?? 0))
  const shareOf = (members: readonly { unit: WorkUnit; part: number }[]): WorkShare => {
    const count = sum(members.map(({ part }) => part))
    const its = sum(members.map(({ unit, part }) => part * (unit.lines ?? 0)))
    return {
      count,
      share: n === 0 ? null : count / n,
      lines: its,
      linesShare: lines === 0 ? null : its / lines,
      units: members.map(({ unit }) => unit).sort((a, b) => b.at - a.at),
    }
  }
  const inBucket = (bucket: Bucket) => shareOf(counted.filter((unit) => bucketOf(unit) === bucket).map((unit) => ({ unit, part: 1 })))
  const refs = [...new Set(counted.flatMap((unit) => unit.outcomes))]
  const outcomes = refs.map((ref) => ({
    ref,
    ...shareOf(counted.filter((unit) => unit.outcomes.includes(ref)).map((unit) => ({ unit, part: 1 / unit.outcomes.length }))),
  }))
  return {
    n,
    lines,
    linesUnknown: counted.filter((unit) => unit.lines === null).length,
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
