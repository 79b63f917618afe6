import { addDecimals, type Decimal, formatDecimal, parseDecimal, type Problem, Refusal, ZERO_DECIMAL } from '../../ground/core/index.ts'
import { BillSums, type CostRecord, type Mapping, type Table } from '../../sources/tables/index.ts'
import { addCounts, MOST_PROBLEMS, noCounts, type TableSink, type TableSummary, type TakenBill } from './taken.ts'

/** What was known of a cost before. */
interface Known {
  subject: string
  id: string
  billed: string | null
  effective: string | null
  lines: number | null
  gone: boolean
}

/** Where a bill goes, and what is known of it there. */
export interface BillSink extends TableSink {
  words(): Promise<{ tags: string[]; resources: string[] }>
  known(ask: { source: string; bill: string; after?: string | undefined }): Promise<{ costs: Known[]; next: string | null; now: string }>
  settle(costs: { source: string; costs: { subject: string; id: string }[]; undo: boolean }): Promise<unknown>
}

/** How a bill is taken. */
export interface BillWish {
  label: string
  /** The file is only a part of its bill: what it does not hold stays. */
  part: boolean
  /** It is right that much of what was known is not in it. */
  replace: boolean
}

const BATCH = 2_000
/** A new version that lacks more than this share of what was known is taken only when that is said to be right. */
const MUCH = 0.5
const FEW = 20

/** A mapping that also keeps the tags and resources the catalogue claims costs by. */
export function keepingClaimed(mapping: Mapping, { tags, resources }: { tags: string[]; resources: string[] }): Mapping {
  const fields = { ...mapping.fields }
  if (fields.tags) fields.tags = { ...fields.tags, keep: [...new Set([...(fields.tags.keep ?? []), ...tags])].slice(0, 5_000) }
  if (fields.resource?.keep)
    fields.resource = { ...fields.resource, keep: [...new Set([...fields.resource.keep, ...resources])].slice(0, 5_000) }
  return { ...mapping, fields }
}

/**
 * Takes a bill: adds its lines up while they stream by, then tells what is new or different of what is known of each bill in it,
 * and takes back what a bill does not hold any more. Nothing is written before the last line was read: a bill with a line that
 * cannot be read is not taken at all.
 */
export async function takeBill(
  table: Table,
  given: Mapping,
  { label, part, replace, sink, report }: BillWish & { sink: BillSink; report?: (rows: number) => void },
): Promise<TableSummary> {
  const sums = new BillSums(given, table.columns)
  const unread = { count: 0, problems: [] as Problem[] }
  for await (const items of table.items) {
    for (const item of items) {
      const problem = sums.add(item)
      if (!problem) continue
      unread.count += 1
      if (unread.problems.length < MOST_PROBLEMS) unread.problems.push({ ...problem, file: label })
    }
    report?.(sums.lines)
  }
  const told = { mapping: given.name, rows: sums.lines, remarks: [] }
  const counts = noCounts()
  if (unread.count > 0) return { importId: null, ...told, ...counts, rejected: unread.count, problems: unread.problems, bills: [] }
  const bills: TakenBill[] = []
  const plans: Plan[] = []
  for (const [bill, records] of Map.groupBy(sums.records(), (record) => record.bill)) {
    const plan = await planOf(bill, records, sink)
    if (!part && !replace) refuseMuchGone(plan)
    plans.push(plan)
  }
  const { importId } = await sink.begin({ label, format: 'bill' })
  let sent = 0
  for (const { source, told: records, back, gone, same, view } of plans) {
    counts.duplicates += same
    for (const some of chunks(back)) await sink.settle({ source, costs: some, undo: true })
    for (const some of chunks(records)) {
      sent += some.length
      const batch = some.map((record) => ({ record }))
      addCounts(counts, await sink.batch(importId, batch, sent))
    }
    const leaving = part ? [] : gone
    for (const some of chunks(leaving)) await sink.settle({ source, costs: some, undo: false })
    bills.push({ ...view, gone: leaving.length })
  }
  await sink.finish(importId)
  return { importId, ...told, ...counts, bills }
}

/** What has to be done for a bill to be known as it is told. */
interface Plan {
  source: string
  /** New and changed costs. */
  told: CostRecord[]
  /** Of them, those that had been taken back. */
  back: { subject: string; id: string }[]
  gone: { subject: string; id: string }[]
  same: number
  known: number
  view: Omit<TakenBill, 'gone'>
}

async function planOf(bill: string, records: readonly CostRecord[], sink: BillSink): Promise<Plan> {
  const { source } = records[0]!
  const { known, now } = await knownOf(source, bill, sink)
  const plan: Plan = { source, told: [], back: [], gone: [], same: 0, known: 0, view: viewOf(bill, records) }
  for (const record of records) {
    const { subject, id } = record
    const key = `${subject} ${id}`
    const before = known.get(key)
    known.delete(key)
    if (before && !before.gone) plan.known += 1
    if (!before) plan.told.push(record)
    else if (!before.gone && isSame(before, record)) plan.same += 1
    else {
      if (before.gone) plan.back.push({ subject, id })
      // Told later than what is known, so that it stands.
      if (!isSame(before, record)) plan.told.push({ ...record, at: now })
    }
  }
  plan.gone = [...known.values()].filter(({ gone }) => !gone).map(({ subject, id }) => ({ subject, id }))
  plan.known += plan.gone.length
  return plan
}

async function knownOf(source: string, bill: string, sink: BillSink): Promise<{ known: Map<string, Known>; now: string }> {
  const known = new Map<string, Known>()
  let after: string | undefined
  for (;;) {
    const { costs, next, now } = await sink.known({ source, bill, after })
    for (const one of costs) known.set(`${one.subject} ${one.id}`, one)
    if (next === null) return { known, now }
    after = next
  }
}

function isSame(before: Known, { billed, effective, lines }: CostRecord): boolean {
  return (before.billed ?? undefined) === billed && (before.effective ?? undefined) === effective && before.lines === (lines ?? null)
}

function viewOf(bill: string, records: readonly CostRecord[]): Omit<TakenBill, 'gone'> {
  const sums = [...Map.groupBy(records, ({ currency }) => currency)].map(([currency, its]) => ({
    currency,
    billed: total(its.map((one) => one.billed)),
    effective: total(its.map((one) => one.effective)),
  }))
  return { bill, lines: records.reduce((sum, { lines }) => sum + (lines ?? 1), 0), costs: records.length, sums }
}

function total(amounts: readonly (string | undefined)[]): string | null {
  const stated = amounts.flatMap((text) => (text === undefined ? [] : [parseDecimal(text)!]))
  return stated.length === 0 ? null : formatDecimal(stated.reduce<Decimal>(addDecimals, ZERO_DECIMAL))
}

function refuseMuchGone({ view, gone, known }: Plan): void {
  if (known < FEW || gone.length <= MUCH * known) return
  throw new Refusal(
    'bill.much_is_gone',
    `Nothing was imported: of ${known.toLocaleString('en-GB')} costs known of the bill "${view.bill}", ${gone.length.toLocaleString('en-GB')} are not in this file.`,
    { fix: 'If it is only a part of the bill, say so with --part on the command line; if this version is right, say --replace.' },
  )
}

function* chunks<T>(list: readonly T[]): Generator<T[]> {
  for (let from = 0; from < list.length; from += BATCH) yield list.slice(from, from + BATCH)
}
