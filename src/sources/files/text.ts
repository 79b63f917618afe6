import { ok, refuse, type Result } from '../../ground/core/index.ts'

const MARKS: readonly { bytes: readonly number[]; name: string }[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], name: 'UTF-32' },
  { bytes: [0x00, 0x00, 0xfe, 0xff], name: 'UTF-32' },
  { bytes: [0xff, 0xfe], name: 'UTF-16' },
  { bytes: [0xfe, 0xff], name: 'UTF-16' },
]

/** Reads bytes as UTF-8 text without its byte-order mark. Any other encoding is refused with the first place that shows it. */
export function decodeText(bytes: Uint8Array): Result<string> {
  const mark = MARKS.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte))
  if (mark)
    return refuse('files.encoding', `The file is written in ${mark.name}, not in UTF-8`, { line: 1, column: 1, fix: 'Save it as UTF-8.' })
  const zero = bytes.indexOf(0)
  if (zero >= 0) {
    const wide = zero < 4 && bytes.length > 3
    const message = wide ? 'The file looks like UTF-16 without a mark, not like UTF-8' : 'The file holds a zero byte: it is not a text'
    return refuse('files.encoding', message, { ...placeOfByte(bytes, zero), fix: 'Save it as UTF-8 text.' })
  }
  try {
    return ok(oneLineBreak(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    const bad = firstBadByte(bytes)
    const shown = `0x${(bytes[bad] ?? 0).toString(16).padStart(2, '0')}`
    return refuse('files.encoding', `The byte ${shown} is not UTF-8; the file may be Latin-1 (Windows-1252)`, {
      ...placeOfByte(bytes, bad),
      fix: 'Save it as UTF-8.',
    })
  }
}

/** Old Macintosh files end their lines with a carriage return alone. */
function oneLineBreak(text: string): string {
  return text.includes('\n') ? text : text.replaceAll('\r', '\n')
}

function placeOfByte(bytes: Uint8Array, index: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let at = bytes.indexOf(10); at >= 0 && at < index; at = bytes.indexOf(10, at + 1)) {
    line += 1
    start = at + 1
  }
  return { line, column: new TextDecoder().decode(bytes.subarray(start, index)).length + 1 }
}

/** Where valid UTF-8 ends, by halving: every prefix before the bad byte decodes when streaming is allowed to stop midway. */
function firstBadByte(bytes: Uint8Array): number {
  const valid = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    }
  }
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (valid(middle)) low = middle
    else high = middle - 1
  }
  return Math.min(low, bytes.length - 1)
}
