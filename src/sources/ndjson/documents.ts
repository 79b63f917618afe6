import { isUtf8 } from 'node:buffer'
import { notUtf8 } from './lines.ts'
import { broken, type Piece, tooLong } from './piece.ts'

const [QUOTE, COMMA, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, NEWLINE] = [
  0x22, 0x2c, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d, 0x0a,
] as const
const HEAD = 1_000

/**
 * Cuts JSON into its values: the elements of one list, or objects written one after the other over several lines.
 * Only brackets and quotes are looked at, so a list larger than memory streams; what is inside is for the JSON reader.
 */
export async function* documentsOf(input: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Piece[]> {
  const cutter = new Cutter(longest)
  for await (const chunk of input) {
    const pieces = cutter.take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    if (pieces.length) yield pieces
  }
  const last = cutter.end()
  if (last) yield [last]
}

class Cutter {
  readonly #longest: number
  #line = 1
  /** Inside the one outer list. */
  #inList = false
  #depth = 0
  #inString = false
  #escaped = false
  /** What came of the present value, and the line it began on; null between values. */
  #value: { parts: Buffer[]; bytes: number; line: number } | null = null

  constructor(longest: number) {
    this.#longest = longest
  }

  take(buffer: Buffer): Piece[] {
    const pieces: Piece[] = []
    let from = 0
    for (let at = 0; at < buffer.length; at++) {
      const byte = buffer[at]!
      if (byte === NEWLINE) this.#line += 1
      if (!this.#value) {
        if (byte <= 0x20 || byte === COMMA || this.#isBom(byte)) continue
        if (this.#isBorderOfList(byte)) continue
        this.#value = { parts: [], bytes: 0, line: this.#line }
        from = at
      }
      const ends = this.#step(byte, at === from && this.#value.bytes === 0)
      if (ends === 'before') at -= 1 // the byte that ended a bare word is looked at again
      if (ends) {
        if (ends === 'before' && byte === NEWLINE) this.#line -= 1
        pieces.push(this.#finish(buffer.subarray(from, at + 1)))
      }
    }
    if (this.#value) this.#keep(Buffer.from(buffer.subarray(from)))
    return pieces
  }

  /** What is left when the input ends. */
  end(): Piece | null {
    if (this.#value && this.#depth === 0 && !this.#inString) return this.#finish(Buffer.alloc(0))
    if (!this.#value && !this.#inList) return null
    const { parts, line } = this.#value ?? { parts: [Buffer.from('(end of the list)')], line: this.#line }
    return broken(
      Buffer.concat(parts),
      line,
      'ndjson.cut_off',
      'The input ends in the middle: its last bracket is not closed',
      'Check that the file was written and sent as a whole.',
    )
  }

  /** Moves over one byte of a value; says whether the value ends with it, or ended before it. */
  #step(byte: number, isFirst: boolean): 'with' | 'before' | null {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === BACKSLASH) this.#escaped = true
      else if (byte === QUOTE) this.#inString = false
      return null
    }
    if (byte === QUOTE) this.#inString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth += 1
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && this.#depth > 0) {
      this.#depth -= 1
      return this.#depth === 0 ? 'with' : null
    } else if (this.#depth === 0 && (byte <= 0x20 || byte === COMMA || byte === CLOSE_LIST)) return isFirst ? 'with' : 'before'
    return null
  }

  #isBorderOfList(byte: number): boolean {
    if (byte === OPEN_LIST && !this.#inList) this.#inList = true
    else if (byte === CLOSE_LIST && this.#inList) this.#inList = false
    else return false
    return true
  }

  /** A byte order mark before the first value. */
  #isBom(byte: number): boolean {
    return this.#line === 1 && (byte === 0xef || byte === 0xbb || byte === 0xbf)
  }

  #keep(part: Buffer): void {
    const value = this.#value!
    value.bytes += part.length
    if (value.bytes <= this.#longest) value.parts.push(part)
    else value.parts = [Buffer.concat([...value.parts, part]).subarray(0, HEAD)]
  }

  #finish(lastPart: Buffer): Piece {
    this.#keep(lastPart)
    const { parts, bytes, line } = this.#value!
    this.#value = null
    this.#depth = 0
    const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    if (bytes > this.#longest) return tooLong(whole, line, this.#longest)
    return isUtf8(whole) ? { text: whole.toString('utf8'), line } : notUtf8(whole, line)
  }
}
