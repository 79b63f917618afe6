/**
 * A large CSV on the command line: `node bench/tables/run.ts [megabytes]`, 1,024 unless said.
 * Writes a file of orders (quoted cells, decimal commas, times without a zone), maps it, imports it into an empty embedded store
 * with the command line as people do, and once more, when all of it is known. Prints rows/s and the most memory the process ever
 * had, beside reading the file alone: parsed by csv-parse and mapped, nothing kept.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { readTexts } from '../../src/sources/ndjson/index.ts'
import { Applier, openTable, parseMapping } from '../../src/sources/tables/index.ts'

const megabytes = Number(process.argv[2] ?? 1_024)
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const file = join(folder, 'orders.csv')
const map = join(folder, 'mapping.json')

const mapping = {
  name: 'orders',
  kind: 'product_event',
  zone: 'Europe/Berlin',
  fields: {
    id: 'order id',
    at: { column: 'ordered', time: 'd.M.yyyy H:mm:ss' },
    subject: { column: 'shop', ref: 'component' },
    actor: 'customer',
    name: { value: 'order' },
    'revenue.amount': { column: 'amount', decimal: ',', thousands: '.' },
    'revenue.currency': 'currency',
  },
}

try {
  const rows = await writeOrders()
  writeFileSync(map, JSON.stringify(mapping))
  const alone = await readAlone()
  const first = await importOnce()
  const again = await importOnce()
  const told = (run: Awaited<ReturnType<typeof importOnce>>) => ({
    seconds: Number(run.seconds.toFixed(1)),
    rowsPerSecond: Math.round(rows / run.seconds),
    megabytesPerSecond: Number((megabytes / run.seconds).toFixed(1)),
    peakMB: Math.round(run.peakBytes / 2 ** 20),
    progressLines: run.progressLines,
    ...run.counts,
  })
  console.log(
    JSON.stringify(
      {
        hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
        node: process.version,
        store: process.env.DATABASE_URL ? 'server' : 'embedded',
        megabytes,
        rows,
        readAlone: { rowsPerSecond: Math.round(rows / alone), megabytesPerSecond: Number((megabytes / alone).toFixed(1)) },
        first: told(first),
        again: told(again),
      },
      null,
      2,
    ),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** @returns how many rows were written */
async function writeOrders(): Promise<number> {
  const out = createWriteStream(file)
  out.write('order id;ordered;shop;customer;amount;currency;note\r\n')
  let rows = 0
  let written = 0
  while (written < megabytes * 2 ** 20) {
    let piece = ''
    for (let count = 0; count < 2_000; count += 1, rows += 1) piece += order(rows)
    written += Buffer.byteLength(piece)
    if (!out.write(piece)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return rows
}

function order(n: number): string {
  const at = new Date(Date.UTC(2025, 0, 1) + n * 7_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const when = `${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}.${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
  return `O-${n};${when};shop-${n % 40};u${n % 90_000};"${n % 9}.${two(n % 100)}0,${two(n % 97)}";EUR;"a note; with ""quotes"" and\nline ends ${n % 1_000}"\r\n`
}

/** Seconds to read and map the whole file, with nothing kept. */
async function readAlone(): Promise<number> {
  const read = parseMapping(mapping)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const started = performance.now()
  const table = await openTable(createReadStream(file), { jsonTexts: readTexts })
  const applier = new Applier(read.value, table.columns)
  for await (const items of table.items)
    for (const item of items) if (applier.apply(item).problems.length > 0) throw new Error(`a row was refused: ${JSON.stringify(item)}`)
  return (performance.now() - started) / 1_000
}

interface Counts {
  accepted: number
  duplicates: number
  rejected: number
}

/** The command line in a process of its own. */
async function importOnce(): Promise<{ seconds: number; peakBytes: number; progressLines: number; counts: Counts }> {
  const peak = join(folder, 'peak')
  const preload = new URL('../../test/support/peak-memory.ts', import.meta.url).href
  const program = join(import.meta.dirname, '../../bin/throughline.cjs')
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', preload, program, 'import', file, '--map', map, '--json'], {
    env: { ...process.env, THROUGHLINE_DATA: join(folder, 'data'), PEAK_MEMORY: peak },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`the import ended with ${code}: ${err}${out}`)
  const { accepted, duplicates, rejected } = JSON.parse(out) as Counts
  return {
    seconds: (performance.now() - started) / 1_000,
    peakBytes: Number(readFileSync(peak, 'utf8')),
    progressLines: err.split('\n').filter((line) => line.startsWith('Importing')).length,
    counts: { accepted, duplicates, rejected },
  }
}
