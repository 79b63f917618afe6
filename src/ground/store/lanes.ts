import type { Lane } from './engine.ts'

/**
 * How long background work leaves an only place to somebody who has just used it, in milliseconds: an answer is often
 * made of several statements, and each would wait for a whole slice of background work (measured: 272 ms instead of 44, median).
 */
const GRACE_MS = 3
/** How long it steps back altogether before it takes its turn between two statements, so that nobody can starve it. */
const PATIENCE_MS = 50

/** Hands out a fixed number of places: interactive callers before background ones, first come first served in a lane. */
export class Lanes {
  readonly #waiting: Record<Lane, (() => void)[]> = { interactive: [], background: [] }
  #free: number
  #backgroundFree: number
  readonly #graceMs: number
  #grace: NodeJS.Timeout | null = null
  /** Since when background work steps back; null while it does not. */
  #steppedBackAt: number | null = null

  /** @param backgroundPlaces how many of the places background work may hold at once */
  constructor(places: number, backgroundPlaces = places) {
    this.#free = places
    this.#backgroundFree = backgroundPlaces
    this.#graceMs = places === 1 ? GRACE_MS : 0
  }

  /** Waits for a place; the caller gives it back by calling what it got, once. */
  async enter(lane: Lane): Promise<() => void> {
    await new Promise<void>((resolve) => {
      this.#waiting[lane].push(resolve)
      this.#serve()
    })
    let left = false
    return () => {
      if (left) return
      left = true
      this.#free += 1
      if (lane === 'background') this.#backgroundFree += 1
      else if (this.#graceMs > 0) this.#holdBackground()
      this.#serve()
    }
  }

  waiting(): Record<Lane, number> {
    return { interactive: this.#waiting.interactive.length, background: this.#waiting.background.length }
  }

  #serve(): void {
    while (this.#free > 0 && this.#waiting.interactive.length > 0) {
      this.#free -= 1
      this.#waiting.interactive.shift()!()
    }
    while (this.#grace === null && this.#free > 0 && this.#backgroundFree > 0 && this.#waiting.background.length > 0) {
      this.#steppedBackAt = null
      this.#free -= 1
      this.#backgroundFree -= 1
      this.#waiting.background.shift()!()
    }
  }

  #holdBackground(): void {
    if (this.#grace !== null) clearTimeout(this.#grace)
    this.#grace = null
    if (this.#waiting.background.length > 0) this.#steppedBackAt ??= performance.now()
    if (this.#steppedBackAt !== null && performance.now() - this.#steppedBackAt > PATIENCE_MS) return
    this.#grace = setTimeout(() => {
      this.#grace = null
      this.#serve()
    }, this.#graceMs)
  }
}
