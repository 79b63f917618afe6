import { isUtf8 } from 'node:buffer'
import { broken, type Piece, tooLong } from './piece.ts'

const NEWLINE = 10
/** Bytes of a line too long that are kept for the message. */
const HEAD = 1_000

/**
 * Cuts a stream of bytes at its line ends (LF or CRLF), a list of lines for each chunk. Blank lines are left out. A line
 * longer than `longest` is let go while it is read, so memory stays bounded; the rest goes on.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Piece[]> {
  let waiting: Buffer[] = []
  let bytes = 0
  let isTooLong = false
  let line = 0
  const add = (piece: Buffer) => {
    bytes += piece.length
    isTooLong ||= bytes > longest + 1 // a CR may follow
    if (!isTooLong) waiting.push(piece)
    else if (waiting.length) waiting = [Buffer.concat([...waiting, piece]).subarray(0, HEAD)]
    else waiting = [piece.subarray(0, HEAD)]
  }
  const end = (): Piece | null => {
    const whole = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting)
    const piece = isTooLong ? tooLong(whole, line, longest) : pieceOf(whole, line, longest)
    waiting = []
    bytes = 0
    isTooLong = false
    return piece
  }
  for await (const chunk of input) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const pieces: Piece[] = []
    let from = 0
    for (let to = buffer.indexOf(NEWLINE); to !== -1; to = buffer.indexOf(NEWLINE, from)) {
      line += 1
      add(buffer.subarray(from, to))
      const piece = end()
      if (piece) pieces.push(piece)
      from = to + 1
    }
    // A chunk belongs to whoever made it and may be used again: what waits for its line end is copied.
    if (from < buffer.length) add(Buffer.from(buffer.subarray(from)))
    if (pieces.length) yield pieces
  }
  line += 1
  const last = bytes > 0 ? end() : null
  if (last) yield [last]
}

function pieceOf(bytes: Buffer, line: number, longest: number): Piece | null {
  const withoutReturn = bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes
  if (withoutReturn.length > longest) return tooLong(withoutReturn.subarray(0, HEAD), line, longest)
  if (!isUtf8(withoutReturn)) return notUtf8(withoutReturn, line)
  const text = withoutReturn.toString('utf8').trim()
  return text === '' ? null : { text, line }
}

/** Refuses bytes that are not UTF-8, naming the first one that does not fit. */
export function notUtf8(bytes: Buffer, line: number): Piece {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  return broken(
    bytes,
    line,
    'ndjson.not_utf8',
    `The line is not UTF-8: byte ${good + 1} does not fit`,
    'Save the file as UTF-8 and send it again.',
  )
}

/** True for UTF-8 that may break off inside its last character. */
function isPrefixOfUtf8(bytes: Buffer): boolean {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) if (isUtf8(bytes.subarray(0, bytes.length - cut))) return true
  return false
}
