/** A growing row of small whole numbers, 4 bytes each. */
export class Integers {
  #values = new Int32Array(1024)
  #length = 0
  readonly #empty: number

  /** @param empty what places that were never set hold */
  constructor(empty = 0) {
    this.#empty = empty
    if (empty !== 0) this.#values.fill(empty)
  }

  get length(): number {
    return this.#length
  }

  at(index: number): number {
    return index < this.#length ? this.#values[index]! : this.#empty
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) this.#grow(index + 1)
    this.#values[index] = value
    if (index >= this.#length) this.#length = index + 1
  }

  push(value: number): void {
    this.set(this.#length, value)
  }

  #grow(needed: number): void {
    const wider = new Int32Array(Math.max(needed, this.#values.length * 2))
    wider.set(this.#values)
    if (this.#empty !== 0) wider.fill(this.#empty, this.#values.length)
    this.#values = wider
  }
}

/** A growing row of moments or sums, 8 bytes each; NaN where nothing is known. */
export class Numbers {
  #values = new Float64Array(1024).fill(Number.NaN)

  at(index: number): number {
    return index < this.#values.length ? this.#values[index]! : Number.NaN
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const wider = new Float64Array(Math.max(index + 1, this.#values.length * 2)).fill(Number.NaN, this.#values.length)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[index] = value
  }
}
