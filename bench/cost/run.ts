/**
 * A bill of a million lines: `node bench/cost/run.ts [lines]`. Writes a bill in FOCUS with all columns of version 1.0, hourly
 * charges of 400 components over a month, tags with a value for every machine; reads it, adds it up and keeps it in an empty
 * embedded store, reads cost by component, and takes the bill once more with some of it corrected. Prints seconds of each step
 * beside those csv-parse needs to cut the same lines alone, and the most memory the process ever had.
 */
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { tableSinkOf } from '../../src/doors/tables/ground-sink.ts'
import { columnsOf } from '../../src/doors/tables/import-table.ts'
import { keepingClaimed, takeBill } from '../../src/doors/tables/take-bill.ts'
import { openThroughline } from '../../src/main.ts'
import { readTexts } from '../../src/sources/ndjson/index.ts'
import { BillSums, openTable, peek, previewOf } from '../../src/sources/tables/index.ts'

const lines = Number(process.argv[2] ?? 1_000_000)
const COMPONENTS = 400
const SERVICES = ['Virtual machines', 'Managed database', 'Object storage']
const HEAD =
  'AvailabilityZone,BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,CommitmentDiscountName,CommitmentDiscountStatus,CommitmentDiscountType,ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName,ResourceType,ServiceCategory,ServiceName,SkuId,SkuPriceId,SubAccountId,SubAccountName,Tags'
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const file = join(folder, 'bill.csv')

try {
  const megabytes = (await writeBill(() => 0)) / 2 ** 20
  const { app, ground, close } = await openThroughline({ store: { folder: join(folder, 'data') }, secret: Buffer.alloc(32) })
  const component = (n: number) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: `svc-${n}`, annotations: { 'throughline.dev/cost-tags': `app=svc-${n}` } },
    spec: { type: 'service', lifecycle: 'production', owner: `group:default/team-${n % 20}` },
  })
  await ground.catalog.applyFolder(
    'bench',
    Array.from({ length: COMPONENTS - 20 }, (_, n) => component(n)),
    { by: 'user:default/bench' },
  )
  const sink = tableSinkOf(ground, 'user:default/bench')
  const measures = (measure: string) =>
    ground.measures.read({ measure, subject: 'component:default/svc-7', from: Date.UTC(2026, 4, 1), to: Date.UTC(2026, 5, 1) })
  const view = async () => {
    const answer = await fetchCost()
    return { rows: answer.rows.length, total: answer.total.amount, unallocated: answer.unallocated.amount }
  }
  const fetchCost = async () => {
    const response = await app.request('http://127.0.0.1/api/cost?from=2026-05-01&to=2026-06-01')
    return (await response.json()) as { rows: unknown[]; total: { amount: number }; unallocated: { amount: number } }
  }
  const cut = await timed(cutUp)
  const addedUp = await timed(addUp)
  const taken = await timed(() => take(sink))
  const told = await timed(view)
  const reading = await timed(() => measures('cost.effective'))
  const again = await timed(() => take(sink))
  await writeBill((n) => (n % 1_000 === 0 ? 1 : 0))
  const corrected = await timed(() => take(sink))
  await close()
  console.log(
    JSON.stringify(
      {
        hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
        node: process.version,
        lines,
        megabytes: Math.round(megabytes),
        cutByCsvParse: cut,
        addedUpAlone: addedUp,
        taken,
        costByComponent: told,
        linesToCostByComponent: Number((taken.seconds + told.seconds).toFixed(2)),
        oneReading: { seconds: reading.seconds, value: reading.value.value },
        again,
        corrected,
        peakMB: Math.round(process.resourceUsage().maxRSS / 1024),
      },
      null,
      2,
    ),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Seconds that went by, and seconds a processor worked: the first depends on what else runs. */
async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; processorSeconds: number; value: T }> {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  const value = await work()
  const { user, system } = process.cpuUsage(before)
  const rounded = (seconds: number) => Number(seconds.toFixed(2))
  return { seconds: rounded((performance.now() - begun) / 1_000), processorSeconds: rounded((user + system) / 1e6), value }
}

async function opened() {
  const { head, rest } = await peek(createReadStream(file, { highWaterMark: 1024 * 1024 }), 1024 * 1024)
  const { mapping } = await previewOf(await openTable([head], { jsonTexts: readTexts, isPart: true }), { file })
  return { mapping, table: await openTable(rest, { jsonTexts: readTexts, only: columnsOf(mapping) }) }
}

/** The peer: csv-parse cutting the lines into cells, and nothing else. */
async function cutUp(): Promise<number> {
  let rows = 0
  const table = await openTable(createReadStream(file, { highWaterMark: 1024 * 1024 }), { jsonTexts: readTexts })
  for await (const items of table.items) rows += items.length
  return rows
}

/** Read and added up, nothing kept. */
async function addUp(): Promise<{ costs: number }> {
  const { mapping, table } = await opened()
  const sums = new BillSums(mapping, table.columns)
  for await (const items of table.items) for (const item of items) sums.add(item)
  return { costs: [...sums.records()].length }
}

async function take(sink: ReturnType<typeof tableSinkOf>) {
  const { mapping, table } = await opened()
  const { accepted, revised, duplicates, rejected, bills } = await takeBill(table, keepingClaimed(mapping, await sink.words()), {
    label: 'bill.csv',
    part: false,
    replace: false,
    sink,
  })
  return { accepted, revised, duplicates, rejected, bills }
}

/** @returns bytes written */
async function writeBill(more: (n: number) => number): Promise<number> {
  const out = createWriteStream(file)
  out.write(`${HEAD}\n`)
  let written = 0
  for (let n = 0; n < lines;) {
    let piece = ''
    for (let count = 0; count < 2_000 && n < lines; count += 1, n += 1) piece += line(n, more(n))
    written += Buffer.byteLength(piece)
    if (!out.write(piece)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return written
}

function line(n: number, more: number): string {
  const component = (n * 7) % COMPONENTS
  const hour = Math.floor((n * 744) / lines)
  const at = (hours: number) => new Date(Date.UTC(2026, 4, 1, hours)).toISOString().replace('.000Z', 'Z')
  const amount = (((n * 37) % 10_007) / 10_000 + more).toFixed(10)
  const service = SERVICES[component % 3]!
  const machine = n % 50_000
  return `eu-1a,${amount},100200300,Bench,EUR,2026-06-01T00:00:00Z,2026-05-01T00:00:00Z,Usage,,"${service}, per hour",Usage-Based,${at(hour + 1)},${at(hour)},,,,,,1.5,Hours,${amount},0.02,${amount},Cloud,${amount},0.03,Standard,1.5,Hours,Cloud,Cloud,eu-1,Europe 1,machine-${machine},vm-${machine},VM,Compute,${service},sku-${component % 3},price-${component % 3},acct-${component % 12},Account ${component % 12},"{""app"": ""svc-${component}"", ""env"": ""production"", ""name"": ""vm-${machine}""}"\n`
}
