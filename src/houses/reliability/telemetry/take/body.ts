import { DAY, HOUR, type Instant, type Ref } from '../../../../ground/core/index.ts'
import { SpanCount } from '../assess/count-spans.ts'

/** The three signals of OpenTelemetry. */
export type Signal = 'traces' | 'metrics' | 'logs'
/** What a service may reveal of itself. */
export type Revealed = Signal | 'structured_logs' | 'correlated_logs'

/** How long minutes are kept before they are added up to hours. */
export const MINUTES_KEPT = 8 * DAY
/** How far ahead a sender's clock may be. */
const AHEAD = HOUR

/** What one body says, counted. */
export class Body {
  readonly hash: string
  readonly now: Instant
  readonly spans = new SpanCount()
  /** Items by service and what they reveal. */
  readonly revealed = new Map<string, { service: Ref; signal: Revealed; items: number; lastAt: Instant }>()
  /** Items that could not be counted, by reason. */
  readonly #rejected = new Map<string, number>()

  /** @param hash name of its bytes */
  constructor(hash: string, now: Instant) {
    this.hash = hash
    this.now = now
  }

  /** Whether a moment can be counted; if not, the item is rejected. */
  admits(at: Instant): boolean {
    if (at >= this.now - MINUTES_KEPT && at <= this.now + AHEAD) return true
    if (at === 0) this.reject('have no time')
    else if (at > this.now) this.reject('are of the future: is the clock of the sender right?')
    else this.reject(`are older than ${MINUTES_KEPT / DAY} days, which is as long as minutes are kept`)
    return false
  }

  reject(why: string): void {
    this.#rejected.set(why, (this.#rejected.get(why) ?? 0) + 1)
  }

  reveal(service: Ref, signal: Revealed, at: Instant): void {
    const key = `${service}\n${signal}`
    const found = this.revealed.get(key)
    if (!found) this.revealed.set(key, { service, signal, items: 1, lastAt: at })
    else {
      found.items += 1
      if (at > found.lastAt) found.lastAt = at
    }
  }

  /** How many items were not counted, and why, for the answer. */
  rejection(): { rejected: number; why: string } {
    const reasons = [...this.#rejected]
    const rejected = reasons.reduce((sum, [, items]) => sum + items, 0)
    return { rejected, why: reasons.map(([why, items]) => `${items} ${why}`).join('; ') }
  }
}
