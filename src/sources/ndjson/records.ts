import { Refusal } from '../../ground/core/index.ts'
import type { Parsed } from '../../ground/intake/index.ts'
import { fromBinary, isBinary } from './cloudevents/index.ts'
import { documentsOf } from './documents.ts'
import { linesOf } from './lines.ts'
import { type Format, FORMATS } from './parse.ts'
import { broken, kept, LONGEST, type Piece } from './piece.ts'

/** How to read an input; everything is recognised when left out. */
export interface ReadOptions {
  /** `ndjson` (recognises the others too), `cloudevents` or `cdevents`. */
  format?: string
  /** HTTP headers: they say whether lines or a document come, or carry a CloudEvent in binary form. */
  headers?: Headers
  /** Named in problems. */
  file?: string
  /** Bytes one record may have, default 1 MiB. */
  longest?: number
}

/** Bytes looked at to tell lines from a document. */
const PEEK = 64 * 1024
const NEWLINE = 0x0a
/** Space, tab, line ends. */
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d])

/**
 * Records of a stream, one by one, in bounded memory: NDJSON, a JSON list, or JSON objects over several lines; our records,
 * CloudEvents or CDEvents. What cannot be read comes as a reject with its line, code, reason and fix, and the rest goes on.
 */
export async function* readRecords(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<Parsed> {
  const { parse } = formatOf(options)
  for await (const pieces of piecesOf(input, options)) for (const piece of pieces) yield named(parsedOf(piece, parse), options.file)
}

/** The same in batches that fit into memory and into one transaction: at most `records` records and about `bytes` bytes. */
export async function* readBatches(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions & { records?: number; bytes?: number } = {},
): AsyncGenerator<Parsed[]> {
  const { records = 1_000, bytes = 4 * 1024 * 1024 } = options
  const { parse } = formatOf(options)
  let batch: Parsed[] = []
  let size = 0
  for await (const pieces of piecesOf(input, options)) {
    for (const piece of pieces) {
      batch.push(named(parsedOf(piece, parse), options.file))
      size += 'text' in piece ? piece.text.length : piece.raw.length
      if (batch.length < records && size < bytes) continue
      yield batch
      batch = []
      size = 0
    }
  }
  if (batch.length) yield batch
}

/** The JSON texts of a stream, one after the other, with their lines, as they are cut for `readRecords`. */
export function readTexts(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, longest = LONGEST): AsyncGenerator<Piece[]> {
  return piecesOf(input, { longest })
}

/** What the caller names, else what the content type does. */
function formatOf({ headers, format = saysCloudEvents(headers) ? 'cloudevents' : 'ndjson' }: ReadOptions): Format {
  const found = FORMATS.find(({ name }) => name === format)
  if (!found)
    throw new Refusal('ndjson.unknown_format', `There is no format ${format}`, {
      path: 'format',
      fix: `Use ${FORMATS.map(({ name }) => name).join(', ')}, or leave it out.`,
    })
  return found
}

function parsedOf(piece: Piece, parse: Format['parse']): Parsed {
  if (!('text' in piece)) return { reject: piece }
  const parsed = parse(piece.text)
  return 'record' in parsed ? parsed : { reject: { ...parsed.reject, problem: { ...parsed.reject.problem, line: piece.line } } }
}

function named(parsed: Parsed, file: string | undefined): Parsed {
  if (file === undefined || 'record' in parsed) return parsed
  return { reject: { ...parsed.reject, problem: { ...parsed.reject.problem, file } } }
}

async function* piecesOf(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { headers, longest = LONGEST }: ReadOptions,
): AsyncGenerator<Piece[]> {
  const { head, rest } = await peek(input)
  if (headers && isBinary(headers)) return yield* binary(headers, rest, longest)
  const foreign = foreignEncoding(head)
  if (foreign) yield [foreign]
  else yield* isDocument(headers) || looksLikeDocument(head) ? documentsOf(rest, longest) : linesOf(rest, longest)
}

/** The first bytes, and the whole input still to be read. */
async function peek(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<{ head: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const iterator = Symbol.asyncIterator in input ? input[Symbol.asyncIterator]() : input[Symbol.iterator]()
  const chunks: Uint8Array[] = []
  let bytes = 0
  let hasText = false
  let enough = false
  let done = false
  while (!done && !enough) {
    const next = await iterator.next()
    done = next.done === true
    if (next.done) break
    const chunk = Uint8Array.from(next.value)
    chunks.push(chunk)
    bytes += chunk.length
    // Each byte is looked at once: a line of some size that comes in many pieces must not hold up the process.
    const text: number = hasText ? 0 : chunk.findIndex((byte) => !BLANK.has(byte))
    hasText ||= text !== -1
    enough = bytes >= PEEK || (hasText && chunk.includes(NEWLINE, Math.max(0, text)))
  }
  const head = Buffer.concat(chunks)
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
      while (!done) {
        const next = await iterator.next()
        if (next.done) break
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head, rest: rest() }
}

function saysCloudEvents(headers: Headers | undefined): boolean {
  return /^application\/cloudevents/i.test(headers?.get('content-type') ?? '')
}

/** What names itself one JSON document may break its lines anywhere. */
function isDocument(headers: Headers | undefined): boolean {
  return /^application\/(?:json|cloudevents(?:-batch)?\+json)\b/i.test(headers?.get('content-type') ?? '')
}

/** A list, or an object that goes on over the next lines as programs write it for people. */
function looksLikeDocument(head: Buffer): boolean {
  const start = head.toString('utf8').trimStart()
  return start.startsWith('[') || /^\{[ \t\r]*\n/.test(start)
}

function foreignEncoding(head: Buffer): Piece | null {
  const begins = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes))
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff))
    return broken(head.subarray(0, 100), 1, 'ndjson.not_utf8', 'The input is UTF-16', 'Save it as UTF-8 and send it again.')
  if (/^(?:[^\0]\0){2}|^(?:\0[^\0]){2}/.test(head.toString('latin1', 0, 4)))
    return broken(
      head.subarray(0, 100),
      1,
      'ndjson.not_utf8',
      'The input looks like UTF-16 without a mark',
      'Save it as UTF-8 and send it again.',
    )
  if (begins(0x1f, 0x8b) || begins(0x50, 0x4b, 3, 4))
    return broken(head.subarray(0, 100), 1, 'ndjson.compressed', 'The input is compressed', 'Unpack it first, for example with gunzip.')
  return null
}

async function* binary(headers: Headers, rest: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Piece[]> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of rest) {
    bytes += part.length
    if (bytes > longest)
      return yield [
        broken(
          Buffer.concat(parts).subarray(0, 1_000),
          1,
          'ndjson.too_long',
          `The event is longer than ${longest} bytes`,
          'Send what is larger in parts.',
        ),
      ]
    parts.push(Uint8Array.from(part))
  }
  const body = Buffer.concat(parts)
  const event = fromBinary(headers, body)
  if (event.ok) yield [{ text: JSON.stringify(event.value), line: 1 }]
  else yield [{ raw: kept(body.toString('utf8')), problem: { ...event.problems[0]!, line: 1 } }]
}
