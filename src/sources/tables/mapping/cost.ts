import { hash } from 'node:crypto'
import { DAY, formatInstant } from '../../../ground/core/index.ts'
import { refFrom } from '../../../ground/intake/index.ts'

/**
 * Makes a row of a bill the record of what it costs: a charge period in whole days, the bill by its issuer, account and month,
 * the account that pays where the row names none, and a name by all that tells it from other costs of the bill. Lines that state
 * an amount and lines that do not are never one record: what is not stated is not nothing.
 * @param mapping its name stands for the issuer where no column does
 */
export function asCost(record: Record<string, unknown>, mapping: string): void {
  const { number, issuer, account, period } = (record.bill ?? {}) as Partial<Record<string, string>> // as the fields of a mapping put it
  if (typeof record.from === 'string') periodOf(record, Date.parse(record.from))
  if (record.subject === undefined && account !== undefined) record.subject = refFrom('resource', account)
  const of = issuer !== undefined || account !== undefined ? [issuer, account] : [mapping]
  const month = (period ?? (typeof record.from === 'string' ? record.from : '')).slice(0, 7)
  record.bill = number ?? [...of, month].filter(Boolean).join(' ')
  record.at ??= record.from
  record.lines ??= 1
  record.id = `cost-${digestOf(record)}`
}

function periodOf(record: Record<string, unknown>, from: number): void {
  record.from = formatInstant(Math.floor(from / DAY) * DAY)
  const until = typeof record.until === 'string' ? Date.parse(record.until) : NaN
  if (until - from > DAY) record.until = formatInstant(Math.ceil(until / DAY) * DAY)
  else if (until >= from) delete record.until // within a day, as costs are told unless they say otherwise
}

function digestOf({
  from,
  until,
  bill,
  currency,
  service,
  category,
  resource,
  customer,
  tags,
  billed,
  effective,
}: Record<string, unknown>): string {
  const sorted = Object.entries((tags as Record<string, string> | undefined) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const said = [from, until, bill, currency, service, category, resource, customer, sorted, billed !== undefined, effective !== undefined]
  return hash('sha256', JSON.stringify(said), 'base64url').slice(0, 22)
}
