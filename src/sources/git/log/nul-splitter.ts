const NOTHING = Buffer.alloc(0)

/**
 * Cuts a stream of bytes at its NULs, however it is chunked. Of a piece longer than `limit` bytes only the beginning
 * is kept, so that a hostile message of gigabytes costs time and not memory.
 */
export class NulSplitter {
  readonly #limit: number
  #waiting: Buffer[] = []
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Hands every piece that is complete now to `take`. The bytes handed over are only valid during the call. */
  push(chunk: Buffer, take: (piece: Buffer) => void): void {
    let from = 0
    for (let nul = chunk.indexOf(0); nul !== -1; nul = chunk.indexOf(0, from)) {
      if (this.#waiting.length === 0) take(chunk.subarray(from, Math.min(nul, from + this.#limit)))
      else {
        this.#keep(chunk.subarray(from, nul))
        take(this.rest())
      }
      from = nul + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
  }

  /** What came after the last NUL; forgets it. */
  rest(): Buffer {
    const rest = this.#waiting.length === 0 ? NOTHING : Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#size = 0
    return rest
  }

  #keep(bytes: Buffer): void {
    const kept = bytes.subarray(0, this.#limit - this.#size)
    if (kept.length > 0 || this.#waiting.length === 0) this.#waiting.push(kept)
    this.#size += kept.length
  }
}
