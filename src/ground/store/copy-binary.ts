import { inspect } from 'node:util'
import type { CopiedColumns, CopiedType } from './store.ts'

/** Size of a piece; encoding one takes the event loop about 5 ms. */
const PIECE_BYTES = 512 * 1024

/** What a binary COPY begins with: signature, flags, length of an extension. */
const HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

/**
 * Writes rows in PostgreSQL's binary COPY format (docs, "COPY", Binary Format), in pieces, giving way to other work between
 * them. Moments may be epoch milliseconds or text; a string for `json` is JSON text already. Each piece has memory of its own.
 * @param apart whether each piece is a COPY of its own, or all together are one
 */
export async function* copyBinary(columns: CopiedColumns, rows: Iterable<readonly unknown[]>, apart: boolean): AsyncGenerator<Uint8Array> {
  const types = Object.values(columns)
  let piece = new Piece(HEAD)
  for (const row of rows) {
    piece.short(types.length)
    for (let i = 0; i < types.length; i++) write(piece, row[i], types[i]!)
    if (piece.length < PIECE_BYTES) continue
    yield piece.bytes()
    piece = new Piece(apart ? HEAD : Buffer.of())
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  if (piece.length > HEAD.length || !apart) yield piece.bytes()
}

function write(piece: Piece, value: unknown, type: CopiedType): void {
  if (value === null || value === undefined) return piece.int(-1)
  switch (type) {
    case 'text':
    case 'json':
      return piece.text(typeof value === 'string' ? value : JSON.stringify(value))
    case 'jsonb':
      return piece.text(typeof value === 'string' ? value : JSON.stringify(value), JSONB_VERSION)
    case 'text[]':
      if (!Array.isArray(value)) throw unfit(value, type)
      return writeList(piece, value)
    case 'timestamptz':
      piece.int(8)
      return writeMoment(piece, momentOf(value))
    case 'bigint':
      piece.int(8)
      return writeWhole(piece, value)
    case 'integer':
      if (!Number.isInteger(value) || Number(value) !== (Number(value) | 0)) throw unfit(value, type)
      piece.int(4)
      return piece.int(Number(value))
    case 'double precision':
      if (typeof value !== 'number') throw unfit(value, type)
      piece.int(8)
      return piece.double(value)
    case 'boolean':
      if (typeof value !== 'boolean') throw unfit(value, type)
      piece.int(1)
      return piece.byte(value ? 1 : 0)
  }
}

/** The byte before the text of a `jsonb`. */
const JSONB_VERSION = 1
const TEXT_OID = 25

/** A list as PostgreSQL takes it (its array_recv): dimensions, whether it may hold null, type; then length and first index. */
function writeList(piece: Piece, values: readonly unknown[]): void {
  const start = piece.begin()
  piece.int(values.length === 0 ? 0 : 1)
  piece.int(values.includes(null) ? 1 : 0)
  piece.int(TEXT_OID)
  if (values.length > 0) {
    piece.int(values.length)
    piece.int(1)
    for (const value of values) write(piece, value, 'text')
  }
  piece.end(start)
}

function writeWhole(piece: Piece, value: unknown): void {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return piece.whole(value)
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) throw unfit(value, 'bigint')
  piece.long(value)
}

/** Moments are kept in microseconds since then. */
const MILLENNIUM = Date.UTC(2000, 0, 1)
const INFINITE = 2n ** 63n - 1n

function writeMoment(piece: Piece, at: number): void {
  if (at === Infinity) return piece.long(INFINITE)
  if (at === -Infinity) return piece.long(-INFINITE - 1n)
  const millis = Math.trunc(at) - MILLENNIUM
  const micros = millis * 1000
  if (Number.isSafeInteger(micros)) piece.whole(micros)
  else piece.long(BigInt(millis) * 1000n)
}

function momentOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (value === 'infinity') return Infinity
  const at = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : NaN
  if (Number.isNaN(at)) throw unfit(value, 'timestamptz')
  return at
}

function unfit(value: unknown, type: CopiedType): TypeError {
  return new TypeError(`${inspect(value)} does not fit a column of type ${type}`)
}

/** Bytes that grow. Numbers are big-endian; what has a length comes after it. */
class Piece {
  length = 0
  #bytes = Buffer.allocUnsafeSlow(PIECE_BYTES * 1.25)
  #view = new DataView(this.#bytes.buffer)

  constructor(head: Uint8Array) {
    this.#bytes.set(head)
    this.length = head.length
  }

  /** What was written; nothing more can be. */
  bytes(): Uint8Array {
    return Buffer.from(this.#bytes.buffer.transfer(this.length))
  }

  byte(value: number): void {
    this.#view.setInt8(this.#next(1), value)
  }

  short(value: number): void {
    this.#view.setInt16(this.#next(2), value)
  }

  int(value: number): void {
    this.#view.setInt32(this.#next(4), value)
  }

  /** 64 bits of a whole number, many times faster than by way of a BigInt. */
  whole(value: number): void {
    const at = this.#next(8)
    const high = Math.floor(value / 2 ** 32)
    this.#view.setInt32(at, high)
    this.#view.setUint32(at + 4, value - high * 2 ** 32)
  }

  long(value: bigint): void {
    this.#view.setBigInt64(this.#next(8), value)
  }

  double(value: number): void {
    this.#view.setFloat64(this.#next(8), value)
  }

  /** @param version a byte before the text, counted with it */
  text(value: string, version?: number): void {
    this.#reserve(5 + value.length * 3)
    const start = this.begin()
    if (version !== undefined) this.byte(version)
    this.length += this.#bytes.write(value, this.length)
    this.end(start)
  }

  /** Leaves room for the length of what comes next. */
  begin(): number {
    return this.#next(4)
  }

  end(start: number): void {
    this.#view.setInt32(start, this.length - start - 4)
  }

  #next(bytes: number): number {
    this.#reserve(bytes)
    this.length += bytes
    return this.length - bytes
  }

  #reserve(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow((this.length + bytes) * 2)
    larger.set(this.#bytes.subarray(0, this.length))
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}
