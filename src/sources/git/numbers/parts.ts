import { availableParallelism } from 'node:os'

/** At most four git processes: beyond that the one that writes records is what one waits for. */
export function workersFor(commits: number): number {
  return Math.max(1, Math.min(4, availableParallelism(), Math.ceil(commits / SMALLEST)))
}

const SMALLEST = 250
const LARGEST = 4_000

/** Length of the contiguous parts a list of commits is cut into: several a worker, since newer parts cost more than older ones. */
export function partLength(commits: number, workers: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(commits / (workers * 6))))
}
