import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Problem, Refusal } from '../ground/core/index.ts'
import type { EvidenceKind } from '../ground/ledger/index.ts'
import { readBatches } from '../sources/ndjson/index.ts'
import type { Client } from './client/index.ts'
import { fingerprintOf } from './fingerprint.ts'

export interface ImportSummary {
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  byKind: Partial<Record<EvidenceKind, number>>
  problems: Problem[]
}

const BATCH = 2_000
const READABLE = /\.(ndjson|jsonl|json)$/i

/**
 * Brings records in from a file, a folder or standard input. Parsed here, in the caller's process; posted in durable
 * batches. A file that was stopped half-way goes on where it was: what is already there is skipped.
 */
export async function importFiles(
  path: string,
  format: string | undefined,
  { client }: { client: Client },
  report: (lines: number, label: string) => void,
): Promise<ImportSummary> {
  const total: ImportSummary = { accepted: 0, revised: 0, duplicates: 0, rejected: 0, byKind: {}, problems: [] }
  for (const file of path === '-' ? ['-'] : await filesAt(path)) {
    const label = file === '-' ? 'standard input' : file
    const { importId, done } = await client.call('import.begin', {
      label,
      format: format ?? 'ndjson',
      ...(file === '-' ? {} : { fingerprint: await fingerprintOf(file) }),
    })
    let line = 0
    const bytes = file === '-' ? process.stdin : createReadStream(file)
    for await (const batch of readBatches(bytes, { ...(format ? { format } : {}), file: label, records: BATCH })) {
      const fresh = batch.slice(Math.max(0, done - line))
      line += batch.length
      if (fresh.length === 0) continue
      add(total, await client.call('import.batch', { importId, parsed: fresh, done: line }))
      report(line, label)
    }
    await client.call('import.finish', { importId })
  }
  return total
}

function add(total: ImportSummary, batch: ImportSummary): void {
  total.accepted += batch.accepted
  total.revised += batch.revised
  total.duplicates += batch.duplicates
  total.rejected += batch.rejected
  for (const [kind, count] of Object.entries(batch.byKind))
    total.byKind[kind as EvidenceKind] = (total.byKind[kind as EvidenceKind] ?? 0) + count
  if (total.problems.length < 1_000) total.problems.push(...batch.problems)
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (!found)
    throw new Refusal('import.no_file', `There is nothing at ${path}.`, { fix: 'Name a file, a folder, or - for standard input.' })
  if (found.isFile()) return [resolve(path)]
  const names = await readdir(path, { recursive: true })
  const files = names
    .filter((name) => READABLE.test(name))
    .sort()
    .map((name) => resolve(join(path, name)))
  if (files.length === 0)
    throw new Refusal('import.empty_folder', `No .ndjson, .jsonl or .json file in ${path}.`, {
      fix: 'Name the file itself when it has another ending.',
    })
  return files
}
