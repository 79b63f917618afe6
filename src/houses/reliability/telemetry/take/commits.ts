import type { Ground } from '../../../../ground/index.ts'
import { keepBodies } from '../store/keep.ts'
import type { Body } from './body.ts'

/** Bodies that are written in one transaction. */
const MOST_TOGETHER = 64

interface Waiting {
  body: Body
  kept: () => void
  failed: (error: unknown) => void
}

/** Writes bodies in the order they came: while one transaction runs, those that come in wait and are written together. */
export class Commits {
  readonly #ground: Ground
  readonly #waiting: Waiting[] = []
  #isWriting = false

  constructor(ground: Ground) {
    this.#ground = ground
  }

  commit(body: Body): Promise<void> {
    return new Promise((kept, failed) => {
      this.#waiting.push({ body, kept, failed })
      if (!this.#isWriting) void this.#write()
    })
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, MOST_TOGETHER)
      if (!(await this.#keep(together)) && together.length > 1) for (const one of together) await this.#keep([one], true)
    }
    this.#isWriting = false
  }

  /** @returns false where nothing was kept; those who wait are told unless there are others they may have failed with */
  async #keep(together: readonly Waiting[], isLast = together.length === 1): Promise<boolean> {
    const { store } = this.#ground
    try {
      await store.background(() =>
        store.transaction(() =>
          keepBodies(
            this.#ground,
            together.map(({ body }) => body),
          ),
        ),
      )
      for (const { kept } of together) kept()
      return true
    } catch (error) {
      if (isLast) for (const { failed } of together) failed(error)
      return false
    }
  }
}
