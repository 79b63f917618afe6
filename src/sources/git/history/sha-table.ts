/**
 * Numbers object names 0, 1, 2, … in the order they are first met: 20 or 32 bytes a name and 8 bytes of hash table at
 * most half full, where a Map of strings takes about 120 bytes an entry.
 */
export class ShaTable {
  readonly #width: number
  #names: Uint8Array
  #slots: Int32Array
  #size = 0

  /** @param digits 40 for SHA-1, 64 for SHA-256 */
  constructor(digits: 40 | 64) {
    this.#width = digits / 2
    this.#names = new Uint8Array(this.#width * 1024)
    this.#slots = new Int32Array(2048).fill(-1)
  }

  get size(): number {
    return this.#size
  }

  /** The number of a name, given it now when it is new. */
  intern(sha: string): number {
    const slot = this.#slotOf(sha)
    const known = this.#slots[slot]!
    if (known !== -1) return known
    const number = this.#size++
    if (this.#size * this.#width > this.#names.length) this.#names = grown(this.#names)
    this.#names.set(Buffer.from(sha, 'hex'), number * this.#width)
    this.#slots[slot] = number
    if (this.#size * 2 > this.#slots.length) this.#rehash()
    return number
  }

  /** The number of a name; -1 when it was never met. */
  find(sha: string): number {
    return sha.length === this.#width * 2 ? this.#slots[this.#slotOf(sha)]! : -1
  }

  name(number: number): string {
    return Buffer.from(this.#names.buffer, number * this.#width, this.#width).toString('hex')
  }

  #slotOf(sha: string): number {
    const mask = this.#slots.length - 1
    let slot = Number.parseInt(sha.slice(0, 8), 16) & mask
    for (;;) {
      const number = this.#slots[slot]!
      if (number === -1 || this.#is(number, sha)) return slot
      slot = (slot + 1) & mask
    }
  }

  #is(number: number, sha: string): boolean {
    const from = number * this.#width
    for (let at = 0; at < this.#width; at++) {
      if (this.#names[from + at] !== (digit(sha.charCodeAt(2 * at)) << 4) + digit(sha.charCodeAt(2 * at + 1))) return false
    }
    return true
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(-1)
    for (let number = 0; number < this.#size; number++) this.#slots[this.#slotOf(this.name(number))] = number
  }
}

function digit(code: number): number {
  return code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57
}

function grown(bytes: Uint8Array): Uint8Array {
  const wider = new Uint8Array(bytes.length * 2)
  wider.set(bytes)
  return wider
}
