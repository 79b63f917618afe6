import type { OutgoingAnswer } from '../outgoing/index.ts'

/** Thrown to leave a page when the other side wants us to wait longer than a moment. */
export class LimitReached extends Error {
  readonly seconds: number | null
  /** @param seconds until the next request is welcome; null when the other side does not say */
  constructor(seconds: number | null, why: string) {
    super(why)
    this.seconds = seconds
  }
}

/** More than a month is no limit but a mistake. */
const LONGEST_SECONDS = 31 * 86_400
/** From here on a number of seconds is a moment rather than a span. */
const EPOCH_FROM = 1_000_000_000

/** Numbers from here on are milliseconds, which Linear counts in. */
const MILLISECONDS_FROM = 100_000_000_000

/** What limits are called: what is left is `<name>-remaining`, when there is more of it `<name>-reset`. */
const LIMITS = ['x-ratelimit', 'ratelimit', 'x-ratelimit-requests', 'x-ratelimit-complexity', 'x-ratelimit-endpoint-requests']

/**
 * What an answer says about its sender's limits: seconds to wait, null for a wait of unknown length, undefined for none.
 * `Retry-After` in seconds or as a date (RFC 9110), `x-ratelimit-remaining` and `-reset` as GitHub has them (403 or 429,
 * "Rate limits for the REST API"), `ratelimit-…` as GitLab has them, one of each for requests and complexity as Linear has
 * them (400 with the code RATELIMITED, linear.app/developers/rate-limiting). Moments are held against the sender's own clock.
 */
export function waitOf({ status, headers, body }: Omit<OutgoingAnswer, 'url'>, now: number): number | null | undefined {
  const theirs = Date.parse(headers.date ?? '')
  const until = (epochSeconds: number) => Math.max(0, epochSeconds - (Number.isNaN(theirs) ? now : theirs) / 1000)
  const bounded = (seconds: number) => Math.min(LONGEST_SECONDS, seconds)
  const spent = LIMITS.filter((name) => headers[`${name}-remaining`]?.trim() === '0')
  const isSpent = spent.length > 0
  const resets = spent.flatMap((name) => secondsOf(headers[`${name}-reset`]) ?? [])
  // The last of them to be reset is what has to be waited for.
  const untilReset = resets.length === 0 ? null : bounded(Math.max(...resets.map((reset) => (reset >= EPOCH_FROM ? until(reset) : reset))))
  const retryAfter = headers['retry-after']
  const says = (what: RegExp) => what.test(body.toString('utf8', 0, 2_000))
  const isLimited =
    status === 429 ||
    (status === 403 && (isSpent || retryAfter !== undefined || says(/rate limit|abuse/i))) ||
    (status === 400 && (isSpent || says(/"RATELIMITED"/)))
  if (!isLimited) return status < 400 && isSpent && untilReset !== null ? untilReset : undefined
  if (retryAfter !== undefined) {
    const seconds = numberOf(retryAfter)
    const date = Date.parse(retryAfter)
    if (seconds !== null) return bounded(seconds)
    if (!Number.isNaN(date)) return bounded(until(date / 1000))
  }
  return untilReset
}

function secondsOf(text: string | undefined): number | null {
  const number = numberOf(text)
  return number !== null && number >= MILLISECONDS_FROM ? number / 1000 : number
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : null
}
