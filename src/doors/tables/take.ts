import { hash } from 'node:crypto'
import type { Problem } from '../../ground/core/index.ts'
import type { Parsed } from '../../ground/intake/index.ts'
import { Applier, type Mapping, type Table, TABLE_FORMAT } from '../../sources/tables/index.ts'
import { addCounts, noCounts, type TableSink, type TableSummary } from './taken.ts'

/** Rows and characters in one batch: small enough to be one request and a few transactions. */
const BATCH = 2_000
const BATCH_CHARACTERS = 4 * 1024 * 1024

/**
 * Takes the rows of a table by a mapping, in durable batches. The same label and fingerprint as an import that was stopped goes
 * on where that was; anyway, what is there already is recognised.
 */
export async function takeTable(
  table: Table,
  mapping: Mapping,
  {
    label,
    fingerprint,
    sink,
    report,
  }: { label: string; fingerprint?: string | undefined; sink: TableSink; report?: (rows: number) => void },
): Promise<TableSummary> {
  const { importId, done } = await sink.begin({
    label,
    format: TABLE_FORMAT,
    // By another mapping the same rows are other records.
    ...(fingerprint === undefined ? {} : { fingerprint: hash('sha256', `${fingerprint} ${JSON.stringify(inOrder(mapping))}`, 'hex') }),
  })
  const applier = new Applier(mapping, table.columns)
  const counts = noCounts()
  const remarks = new Map<string, Problem & { count: number }>()
  let rows = 0
  let batch: Parsed[] = []
  let characters = 0
  const send = async () => {
    if (batch.length === 0) return
    addCounts(counts, await sink.batch(importId, batch, rows))
    batch = []
    characters = 0
    report?.(rows)
  }
  for await (const items of table.items)
    for (const item of items) {
      rows += 1
      if (rows <= done) continue
      const applied = applier.apply(item)
      batch.push(named(applied.parsed, label))
      for (const remark of applied.remarks) count(remarks, remark)
      characters += 'cells' in item ? item.cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0) : item.raw.length
      if (batch.length >= BATCH || characters >= BATCH_CHARACTERS) await send()
    }
  await send()
  await sink.finish(importId)
  return { importId, mapping: mapping.name, rows, ...counts, remarks: [...remarks.values()] }
}

/** The same however its fields are ordered: a store gives them back in an order of its own. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner)]),
  )
}

function named(parsed: Parsed, file: string): Parsed {
  if ('record' in parsed) return parsed
  const { raw, problem } = parsed.reject
  // What could not be read at all is told by its place: equal texts are kept once.
  return { reject: { raw: raw || `${file}:${problem.line ?? ''} ${problem.message}`, problem: { ...problem, file } } }
}

function count(remarks: Map<string, Problem & { count: number }>, remark: Problem): void {
  const key = `${remark.code} ${remark.path ?? ''}`
  const known = remarks.get(key)
  if (known) known.count += 1
  else remarks.set(key, { ...remark, count: 1 })
}
