import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { Refusal } from '../../ground/core/index.ts'
import { readTexts } from '../../sources/ndjson/index.ts'
import { type Mapping, openTable, peek, type Preview, previewOf, slugOf, type TableKind } from '../../sources/tables/index.ts'
import { ApiProblem, type Client } from '../client/index.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { mappingFrom } from './operations.ts'
import { type BillSink, keepingClaimed, takeBill } from './take-bill.ts'
import { takeTable } from './take.ts'
import type { TableSummary } from './taken.ts'

/** What somebody wants done with a file. */
export interface TableWish {
  /** The mapping they gave. */
  mapping?: Mapping | undefined
  kind?: TableKind | undefined
  zone?: string | undefined
  subject?: string | undefined
  /** Import by a guessed mapping that leaves nothing undecided. */
  apply: boolean
  /** Show what it would become, whatever is known. */
  previewOnly: boolean
  /** Of a bill: the file is only a part of it. */
  part: boolean
  /** Of a bill: it is right that much of what was known is not in it. */
  replace: boolean
}

/** Either what was imported, or what would be. */
export type TableOutcome = { imported: TableSummary } | { preview: Preview }

/** Bytes of the beginning that a preview is made of. */
const HEAD = 4 * 1024 * 1024

/**
 * Previews a file of rows, or imports it: by the mapping that was given, by one that was kept for files of this shape, or by the
 * guessed one when that is wanted and nothing about it is undecided. Parsed here, in the caller's process.
 */
export async function importTable(
  file: string,
  wish: TableWish,
  { client }: { client: Client },
  report: (rows: number, bytes: number, all: number | null) => void,
): Promise<TableOutcome> {
  const size = file === '-' ? null : await sizeOf(file)
  const input: Readable = file === '-' ? process.stdin : createReadStream(file)
  let read = 0
  input.on('data', (piece: Buffer) => (read += piece.length)).pause()
  try {
    const { head, isWhole, rest } = await peek(input, HEAD)
    const kept = (await client.call('mapping.list', {})).mappings.map(mappingFrom)
    const open = (bytes: AsyncIterable<Uint8Array> | Uint8Array[], mapping: Mapping | undefined, isPart: boolean, only?: string[]) =>
      openTable(bytes, { jsonTexts: readTexts, dialect: mapping?.table, isPart, ...(only ? { only } : {}) })
    const { apply: _, previewOnly, part, replace, ...known } = wish
    const preview = await previewOf(await open([head], wish.mapping, !isWhole), { ...known, file: basename(file), kept })
    if (previewOnly || (preview.mappingFrom === 'guessed' && !wish.apply)) return { preview }
    refuseUnready(preview)
    const mapping = mappingFrom({ ...preview.mapping, columns: preview.mapping.columns ?? preview.columns.map(({ name }) => name) })
    await client.call('mapping.write', { name: mapping.name, mapping })
    const sink = sinkOf(client)
    const label = file === '-' ? 'standard input' : file
    if (mapping.kind === 'cost') {
      const keeping = keepingClaimed(mapping, await sink.words())
      const bill = await open(rest, mapping, false, columnsOf(mapping))
      return { imported: await takeBill(bill, keeping, { label, part, replace, sink, report: (rows) => report(rows, read, size) }) }
    }
    const imported = await takeTable(await open(rest, mapping, false), mapping, {
      label,
      fingerprint: file === '-' ? undefined : await fingerprintOf(file),
      sink,
      report: (rows) => report(rows, read, size),
    })
    return { imported }
  } finally {
    input.destroy()
  }
}

function sinkOf(client: Client): BillSink {
  return {
    begin: (begun) => client.call('import.begin', begun),
    batch: (importId, parsed, done) => client.call('import.batch', { importId, parsed, done }),
    finish: (importId) => client.call('import.finish', { importId }),
    words: () => client.call('bill.words', {}),
    known: (ask) => client.call('bill.known', ask),
    settle: (costs) => client.call('bill.settle', costs),
  }
}

/** The columns a mapping reads. */
export function columnsOf({ fields }: Mapping): string[] {
  return Object.values(fields).flatMap(({ column }) => column ?? [])
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile()) return found.size
  throw new Refusal('import.no_file', found ? `${file} is no file.` : `There is nothing at ${file}.`, {
    fix: 'Name one file, or - for standard input.',
  })
}

/** Nothing is written by a mapping that is not settled, or does not fit the file. */
function refuseUnready({ undecided, columns, form, mapping, sample, problems }: Preview): void {
  const [open] = undecided
  if (open)
    throw new Refusal('import.undecided', `Nothing was imported: ${undecided.map(({ message }) => message).join('; ')}.`, {
      fix: `${open.fix ?? ''} Or write the mapping down with --save mapping.yaml, correct it, and import with --map mapping.yaml.`.trim(),
    })
  const names = new Set(columns.map(({ name }) => name))
  const missing = Object.values(mapping.fields).flatMap(({ column }) => (column === undefined || names.has(column) ? [] : [column]))
  if (missing.length > 0 && form.format === 'csv')
    throw new Refusal(
      'mapping.no_such_column',
      `Nothing was imported: the file has no column ${missing.map((name) => `"${name}"`).join(', ')}.`,
      {
        fix: `Correct the mapping; the file has ${columns
          .slice(0, 30)
          .map(({ name }) => name)
          .join(', ')}.`,
      },
    )
  if (sample.rows > 0 && sample.records === 0)
    throw new Refusal(
      'import.no_row_fits',
      `Nothing was imported: none of the first ${sample.rows} rows can be read, for example: ${problems[0]?.message ?? ''}.`,
      {
        fix: problems[0]?.fix ?? 'Look at them with --preview.',
      },
    )
}

/** A mapping by the name it is kept under, or from a file somebody wrote. */
export async function mappingAt(place: string, { client }: { client: Client }): Promise<Mapping> {
  const found = await stat(place).catch(() => null)
  if (found?.isFile()) return mappingIn(place)
  const looksLikeFile = /[/\\]|\.(?:ya?ml|json)$/i.test(place)
  if (looksLikeFile)
    throw new Refusal('import.no_file', `There is no mapping at ${place}.`, { fix: 'Name a YAML or JSON file, or a mapping that is kept.' })
  try {
    return mappingFrom((await client.call('mapping.read', { name: place })).mapping)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    const { mappings } = await client.call('mapping.list', {})
    throw new Refusal('mapping.unknown', `There is no file and no kept mapping called ${place}.`, {
      fix: mappings.length > 0 ? `Kept are ${mappings.map(({ name }) => name).join(', ')}.` : 'None is kept yet; name a file.',
    })
  }
}

const LARGEST_MAPPING = 1024 * 1024

async function mappingIn(file: string): Promise<Mapping> {
  const { readFile } = await import('node:fs/promises')
  const { parseDocument } = await import('yaml')
  if ((await stat(file)).size > LARGEST_MAPPING) throw new Refusal('mapping.too_large', `${file} is larger than a mapping can be.`)
  const document = parseDocument(await readFile(file, 'utf8'))
  const [error] = document.errors
  if (error) throw new Refusal('mapping.not_yaml', `${file} is not YAML: ${error.message}`, { file, fix: 'Correct the place it names.' })
  const value: unknown = document.toJS({ maxAliasCount: 50 })
  const isUnnamed = typeof value === 'object' && value !== null && !('name' in value)
  return mappingFrom(isUnnamed ? { name: slugOf(file), ...value } : value)
}

const BY_NAME = /\.(?:csv|tsv|tab|psv)(?:\.gz)?$/i
const PERHAPS = /\.(?:txt|json|jsonl|ndjson)$/i
const SNIFFED = 64 * 1024
/** Fields by which our own records and CloudEvents are told. */
const RECORD_FIELDS = ['kind', 'specversion', 'context.id', 'context.type']

/** Whether a file is rows with columns of their own, and not records as they are. */
export async function isTable(file: string): Promise<boolean> {
  if (BY_NAME.test(file)) return true
  if (!PERHAPS.test(file) || !(await stat(file).catch(() => null))?.isFile()) return false
  const input = createReadStream(file, { end: SNIFFED - 1 })
  try {
    const { head } = await peek(input, SNIFFED)
    const { form, columns, rows } = await previewOf(await openTable([head], { jsonTexts: readTexts, isPart: head.length >= SNIFFED }), {
      file,
    })
    if (form.format === 'csv') return /\.txt$/i.test(file) && form.delimiter !== null && columns.length > 1
    return rows.some(({ line }) => line !== null) && columns.length > 0 && !columns.some(({ name }) => RECORD_FIELDS.includes(name))
  } catch (error) {
    if (error instanceof Refusal) return false // whatever it is, it is told by who reads records
    throw error
  } finally {
    input.destroy()
  }
}
