import { isUtf8 } from 'node:buffer'
import { type Problem, Refusal } from '../../../ground/core/index.ts'

/** An encoding, how many bytes of a mark come before the text, and what to say when it was guessed. */
export interface Encoding {
  name: string
  mark: number
  note?: Problem
}

/**
 * How bytes are encoded: as stated, else by their mark, else UTF-16 where every other byte is zero, UTF-8 where they are valid,
 * and Windows-1252 (which Latin-1 is read as everywhere, WHATWG Encoding) otherwise, said aloud.
 */
export function encodingOf(head: Buffer, stated?: string): Encoding {
  const mark = markOf(head)
  if (stated) return { name: known(stated), mark: mark?.mark ?? 0 }
  if (mark) return mark
  const wide = wideOf(head)
  if (wide) return { name: wide, mark: 0, note: guessed(`Read as ${wide.toUpperCase()}: every other byte is zero.`) }
  if (isUtf8Prefix(head)) return { name: 'utf-8', mark: 0 }
  return { name: 'windows-1252', mark: 0, note: guessed(`Read as Windows-1252 (Latin-1): it is not UTF-8. ${example(head)}`) }
}

/** Bytes of any encoding as UTF-8, without a mark. */
export async function* asUtf8(input: AsyncIterable<Uint8Array>, { name, mark }: Encoding): AsyncGenerator<Buffer> {
  let skip = mark
  const decoder = name === 'utf-8' ? null : new TextDecoder(name)
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset + Math.min(skip, chunk.length), chunk.length - Math.min(skip, chunk.length))
    skip -= chunk.length - bytes.length
    const text = decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes
    if (text.length > 0) yield text
  }
  const last = decoder ? Buffer.from(decoder.decode()) : null
  if (last?.length) yield last
}

function known(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    throw new Refusal('table.encoding', `There is no encoding ${label.slice(0, 40)}.`, {
      path: 'table.encoding',
      fix: 'Use utf-8, utf-16le, windows-1252 or another name of the WHATWG Encoding Standard.',
    })
  }
}

function markOf(head: Buffer): Encoding | null {
  const begins = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes))
  if (begins(0xef, 0xbb, 0xbf)) return { name: 'utf-8', mark: 3 }
  if (begins(0xff, 0xfe)) return { name: 'utf-16le', mark: 2 }
  if (begins(0xfe, 0xff)) return { name: 'utf-16be', mark: 2 }
  return null
}

/** UTF-16 without a mark: text of mostly Latin letters has a zero in every other byte. */
function wideOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(head.length, 4_096) >> 1
  if (pairs < 2) return null
  let [even, odd] = [0, 0]
  for (let pair = 0; pair < pairs; pair++) {
    if (head[2 * pair] === 0) even += 1
    if (head[2 * pair + 1] === 0) odd += 1
  }
  if (odd > 0.6 * pairs && even < 0.1 * pairs) return 'utf-16le'
  return even > 0.6 * pairs && odd < 0.1 * pairs ? 'utf-16be' : null
}

/** True for UTF-8 that may break off inside its last character. */
function isUtf8Prefix(bytes: Buffer): boolean {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) if (isUtf8(bytes.subarray(0, bytes.length - cut))) return true
  return false
}

/** Where the guess can be checked: the first word with a letter beyond ASCII. */
function example(head: Buffer): string {
  const word = /[\w-]{0,20}[\u0080-\u024f\u20ac][\w\u0080-\u024f-]{0,20}/u.exec(new TextDecoder('windows-1252').decode(head))?.[0]
  return word ? `Look whether "${word}" is right.` : ''
}

function guessed(message: string): Problem {
  return {
    code: 'table.encoding_guessed',
    severity: 'warning',
    message,
    fix: 'If words look wrong, state the encoding in the mapping: table: { encoding: … }.',
  }
}
