/** The bytes are not what they claim to be. */
export class UnreadableBytes extends Error {}

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5
/** In a packed field: whatever is asked for. */
const PACKED = -1
/** 2^32. */
const HIGH = 4_294_967_296
/** Messages in messages: the deepest that is read. */
const DEEPEST = 40

/**
 * Reads the wire format of Protocol Buffers field by field (protobuf.dev/programming-guides/encoding), without copying:
 * what nobody asks for is passed over. Every length is checked against the message it lies in, so hostile bytes end in
 * `UnreadableBytes`.
 *
 * Our own because nothing is built: generated readers make an object of every attribute of every span first, of which a
 * tenth is used.
 */
export class Reader {
  readonly #bytes: Buffer
  #at: number
  #end: number
  #depth = 0
  /** Number of the field that is read now. */
  field = 0
  #type = 0

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#at = at
    this.#end = end
  }

  /** Moves on to the next field of the message; false at its end. */
  next(): boolean {
    if (this.#at >= this.#end) return false
    const tag = this.#varint()
    this.field = Math.floor(tag / 8)
    this.#type = tag % 8
    if (this.field === 0) throw new UnreadableBytes(`a field has the number 0, at byte ${this.#at}`)
    return true
  }

  /** Goes into a message; gives back what `leave` needs to come out again. */
  enter(): number {
    const length = this.#length()
    const outer = this.#end
    this.#end = this.#at + length
    if ((this.#depth += 1) > DEEPEST) throw new UnreadableBytes(`messages lie more than ${DEEPEST} deep in one another`)
    return outer
  }

  leave(outer: number): void {
    this.#at = this.#end
    this.#end = outer
    this.#depth -= 1
  }

  /** A reader of the message here, for a second look at it, and passes over it. */
  fork(): Reader {
    const length = this.#length()
    const reader = new Reader(this.#bytes, this.#at, this.#at + length)
    this.#at += length
    return reader
  }

  /** The rest of this message again, for another look at it. */
  again(): Reader {
    return new Reader(this.#bytes, this.#at, this.#end)
  }

  /** An unsigned number; beyond 2^53 it is rounded. */
  varint(): number {
    this.#expect(VARINT)
    return this.#varint()
  }

  /** A signed 64-bit number (int64) as text, to the last digit. */
  wholeNumber(): string {
    this.#expect(VARINT)
    const from = this.#at
    const value = this.#varint()
    if (value <= Number.MAX_SAFE_INTEGER) return String(value)
    let exact = 0n
    for (let at = this.#at - 1; at >= from; at -= 1) exact = (exact << 7n) | BigInt(this.#bytes[at]! & 0x7f)
    return String(BigInt.asIntN(64, exact))
  }

  #varint(): number {
    let value = 0
    let scale = 1
    for (let n = 0; n < 10; n += 1) {
      if (this.#at >= this.#end) throw this.#cut()
      const byte = this.#bytes[this.#at++]!
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw new UnreadableBytes(`a number is longer than ten bytes, at byte ${this.#at}`)
  }

  /** A number written in zigzag (sint32). */
  signedVarint(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** An unsigned 64-bit number; beyond 2^53 it is rounded. */
  fixed64(): number {
    this.#expect(FIXED64)
    const at = this.#take(8)
    return this.#bytes.readUInt32LE(at) + this.#bytes.readUInt32LE(at + 4) * HIGH
  }

  /** A signed 64-bit number; beyond 2^53 it is rounded. */
  signedFixed64(): number {
    this.#expect(FIXED64)
    const at = this.#take(8)
    return this.#bytes.readUInt32LE(at) + this.#bytes.readInt32LE(at + 4) * HIGH
  }

  double(): number {
    this.#expect(FIXED64)
    return this.#bytes.readDoubleLE(this.#take(8))
  }

  text(): string {
    const length = this.#length()
    return this.#bytes.toString('utf8', this.#at, (this.#at += length))
  }

  /** Bytes of exactly this length as hexadecimal digits; null where there are more, fewer, or only zeros. */
  id(bytes: number): string | null {
    const length = this.#length()
    const hex = length === bytes ? this.#bytes.toString('hex', this.#at, this.#at + length) : null
    this.#at += length
    return hex === null || /^0+$/.test(hex) ? null : hex
  }

  /** Adds the numbers of a repeated field, packed or one by one. */
  repeated(into: number[], read: () => number): void {
    if (this.#type !== BYTES) {
      into.push(read())
      return
    }
    const outer = this.enter()
    this.#type = PACKED
    while (this.#at < this.#end) into.push(read())
    this.leave(outer)
  }

  /** Passes over the field here. */
  skip(): void {
    if (this.#type === VARINT) this.#varint()
    else if (this.#type === FIXED64) this.#take(8)
    else if (this.#type === FIXED32) this.#take(4)
    else if (this.#type === BYTES) {
      const length = this.#length()
      this.#at += length
    } else throw new UnreadableBytes(`field ${this.field} has the wire type ${this.#type}, which there is not, at byte ${this.#at}`)
  }

  #expect(type: number): void {
    if (this.#type !== type && this.#type !== PACKED)
      throw new UnreadableBytes(`field ${this.field} has the wire type ${this.#type} and not ${type}, at byte ${this.#at}`)
  }

  #length(): number {
    this.#expect(BYTES)
    const length = this.#varint()
    if (length > this.#end - this.#at) throw this.#cut()
    return length
  }

  #take(bytes: number): number {
    const at = this.#at
    if (bytes > this.#end - at) throw this.#cut()
    this.#at += bytes
    return at
  }

  #cut(): UnreadableBytes {
    return new UnreadableBytes(`a message ends in the middle of field ${this.field}, at byte ${this.#at} of ${this.#bytes.length}`)
  }
}
