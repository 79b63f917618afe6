import { type RemoteServer, steadyRandom } from './server.ts'

/** Of how many requests each thing goes wrong, as shares that add up: `error` is what lies between `stop` and it. */
interface Odds {
  /** We are stopped ourselves while such a request is under way; its answer is an error. */
  stop: number
  error: number
  drop: number
  truncate: number
}

/**
 * A system that limits, fails at random and stops us midway, the same way for the same seed.
 * @param turn reads until it is stopped or has nothing to do; true once all lists are done
 * @returns how often we were stopped, and how often turned away by the limit
 */
export async function roughDay(
  remote: RemoteServer,
  { seed, odds, limit }: { seed: number; odds: Odds; limit: NonNullable<RemoteServer['limit']> },
  turn: (stop: AbortSignal, turn: number) => Promise<boolean>,
): Promise<{ stops: number; limits: number }> {
  const random = steadyRandom(seed)
  const met = { stops: 0, limits: 0 }
  let stop = new AbortController()
  remote.trouble = () => {
    const dice = random()
    if (dice < odds.stop) {
      stop.abort()
      met.stops += 1
    }
    return dice < odds.error ? 'error' : dice < odds.drop ? 'drop' : dice < odds.truncate ? 'truncate' : null
  }
  remote.limit = {
    ...limit,
    say: (openInMs) => {
      met.limits += 1
      return limit.say(openInMs)
    },
  }
  for (let n = 1; n < 200; n += 1) {
    stop = new AbortController()
    if (await turn(stop.signal, n)) return met
  }
  throw new Error('not done after 200 turns')
}
