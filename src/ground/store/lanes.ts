import type { Lane } from './engine.ts'

/** Hands out a fixed number of places: interactive callers before background ones, first come first served in a lane. */
export class Lanes {
  readonly #waiting: Record<Lane, (() => void)[]> = { interactive: [], background: [] }
  #free: number
  #backgroundFree: number

  /** @param backgroundPlaces how many of the places background work may hold at once */
  constructor(places: number, backgroundPlaces = places) {
    this.#free = places
    this.#backgroundFree = backgroundPlaces
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
    while (this.#free > 0 && this.#backgroundFree > 0 && this.#waiting.background.length > 0) {
      this.#free -= 1
      this.#backgroundFree -= 1
      this.#waiting.background.shift()!()
    }
  }
}
