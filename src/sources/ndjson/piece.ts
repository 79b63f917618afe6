import type { Problem } from '../../ground/core/index.ts'

/** Something between two borders of the input: one JSON text, or what stood there instead of one. */
export type Piece = { text: string; line: number } | { raw: string; problem: Problem }

/** Bytes of one record at most, when nobody says otherwise. */
export const LONGEST = 1024 * 1024

/** Bytes of a refused record that are kept, so that many of them do not fill the memory. */
const KEPT = 64 * 1024

/** The beginning of a refused text. */
export function kept(text: string): string {
  return text.length <= KEPT ? text : text.slice(0, KEPT)
}

export function broken(bytes: Buffer, line: number, code: string, message: string, fix: string): Piece {
  return { raw: kept(bytes.toString('utf8')), problem: { code, severity: 'error', message, fix, line } }
}

export function tooLong(head: Buffer, line: number, longest: number): Piece {
  const size = longest >= 1024 * 1024 ? `${longest / 1024 / 1024} MiB` : `${longest} bytes`
  return broken(
    head,
    line,
    'ndjson.too_long',
    `The record is longer than ${size}`,
    'Write one record a line; split or shorten what is larger. Only its beginning is kept.',
  )
}
