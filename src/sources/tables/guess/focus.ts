import type { Rule } from '../mapping/mapping.ts'
import { keptTags } from '../mapping/tags.ts'
import type { Columns } from '../read/table.ts'
import type { Guess, GuessWish } from './guessed.ts'

/**
 * Columns of a bill in FOCUS (FinOps Open Cost and Usage Specification, versions 1.0 to 1.3, focus.finops.org), which need no
 * guessing; of two for one field the first that is there. From 1.3 on the provider is called ServiceProviderName, and who has no
 * sub accounts has no column of them. `InvoiceId` is not read: it is empty until the invoice is issued, and a bill has to keep its name. Resources are
 * kept where something in the catalogue names them.
 */
const FOCUS: readonly (readonly [field: string, rule: Rule & { column: string }])[] = [
  ['subject', { column: 'SubAccountId', ref: 'resource' }],
  ['subject', { column: 'BillingAccountId', ref: 'resource' }],
  ['bill.account', { column: 'BillingAccountId' }],
  ['bill.issuer', { column: 'InvoiceIssuerName' }],
  ['bill.issuer', { column: 'ProviderName' }],
  ['bill.issuer', { column: 'ServiceProviderName' }],
  ['bill.period', { column: 'BillingPeriodStart' }],
  ['from', { column: 'ChargePeriodStart' }],
  ['until', { column: 'ChargePeriodEnd' }],
  ['billed', { column: 'BilledCost' }],
  ['effective', { column: 'EffectiveCost' }],
  ['currency', { column: 'BillingCurrency' }],
  ['service', { column: 'ServiceName' }],
  ['category', { column: 'ChargeCategory' }],
  ['resource', { column: 'ResourceId', keep: [] }],
  ['tags', { column: 'Tags' }],
]
/** What some write where a value is null, as the FOCUS sample data do. */
const EMPTY = ['null']
/** What every version has, and nothing else is called. */
const SIGNS = ['BilledCost', 'BillingCurrency', 'ChargePeriodStart', 'ChargeCategory']

/** The mapping of a FOCUS bill; null for any other file. Names of columns count, whatever their case. */
export function focusOf(columns: Columns, wish: GuessWish): Guess | null {
  const named = new Map(columns.names.map((name) => [name.toLowerCase(), name]))
  if (!SIGNS.every((sign) => named.has(sign.toLowerCase()))) return null
  const fields: Record<string, Rule> = {}
  const whys: Guess['whys'] = new Map()
  const take = (field: string, name: string, rule: Rule) => {
    fields[field] = { ...rule, column: name }
    whys.set(name, { why: `a column of FOCUS`, certain: true })
  }
  for (const [field, rule] of FOCUS) {
    const name = named.get(rule.column.toLowerCase())
    if (name !== undefined && fields[field] === undefined) take(field, name, rule)
  }
  // JSON tells tags one by one.
  for (const name of columns.names) {
    const tag = /^tags\.(.+)$/i.exec(name)?.[1]?.toLowerCase()
    if (tag && keptTags({}).has(tag)) take(`tags.${tag}`, name, {})
  }
  if (wish.subject !== undefined) fields.subject = { value: wish.subject }
  return {
    mapping: { name: 'focus', kind: 'cost', source: 'focus', fields, empty: EMPTY, columns: [...columns.names] },
    whys,
    undecided: [],
  }
}
