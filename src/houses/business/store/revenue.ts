import { formatInstant, type Instant, type Row, type Unknown } from '../../../ground/core/index.ts'
import { type CollectAsk, type Collected, type DeclaredBy, type MeasureDefinition, ratioInterval } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { actorOf, type Base, done, happened, inPieces, presenceOf, type Scope, scopeOf, who } from './scope.ts'
import { isSmall, NO_EVENTS, TOO_FEW } from './unknown.ts'

type Source = DeclaredBy<'revenue_per_user'>['source']

/** What is known of money in one piece. */
interface Money {
  piece: number
  people: number
  units: number
  y: number
  yy: number
  xy: number
  other: number
  unpaid: number
  /** Whether anything was ever paid in the currency. */
  ever: boolean
}

/**
 * Money by who it came from: `money` with every amount until now, `payer` with when somebody first paid in the currency.
 * A refund by somebody who had not paid before gives back what was never taken.
 */
function moneyTables(scope: Scope, currency: string): Statement {
  return sql`
    money as materialized (
      ${done(scope, null, {
        columns: sql`, (e.revenue ->> 'amount')::numeric as amount, e.revenue ->> 'currency' = ${currency} as own`,
        where: sql`and e.revenue is not null`,
      })}),
    payer as (select ${who(scope)}, min(at) as since from money where own and amount > 0 group by ${who(scope)})`
}

async function collectRevenue(base: Base, source: Source, ask: CollectAsk): Promise<Collected[]> {
  const scope = await scopeOf(base, ask)
  const { currency, per, active = null } = source
  const isPaying = per === 'paying'
  // Whom the money is divided by: those who paid are told by the money itself.
  const others = sql`union all select ${who(scope)}, at, null, null, null, true from (${done(scope, active)}) d`
  const found = await base.store.query<Money>(sql`
    with ${scope.tables}, ${moneyTables(scope, currency)},
      told as (
        select ${who(scope)}, at, amount, own, true as paid, ${isPaying ? sql`own and amount > 0` : sql`false`} as counts
        from money where not (own and amount < 0)
        union all
        select ${who(scope, 'm')}, m.at, m.amount, true, y.since is not null, false
        from money m left join payer y on (${who(scope, 'y')}) = (${who(scope, 'm')}) and y.since <= m.at where m.own and m.amount < 0
        ${isPaying ? sql`` : others}),
      person as (
        select c.piece, m.actor, bool_or(m.counts) as counts, sum(m.amount) filter (where m.own and m.paid) as y,
          count(*) filter (where not m.own) as other, count(*) filter (where not m.paid) as unpaid
        from told m ${inPieces(scope, 'm', 'at')} group by c.piece, m.actor),
      paying as materialized (select distinct ${scope.grouped ? sql`grp` : sql`0 as grp`} from money where own and amount > 0)
    select c.piece, count(*) filter (where p.counts)::int as people, count(*) filter (where p.counts or p.y is not null)::int as units,
      coalesce(sum(p.y), 0)::float8 as y, coalesce(sum(p.y * p.y), 0)::float8 as yy,
      coalesce(sum(p.y) filter (where p.counts), 0)::float8 as xy,
      coalesce(sum(p.other), 0)::int as other, coalesce(sum(p.unpaid), 0)::int as unpaid,
      exists (select 1 from paying where paying.grp = c.grp) as ever
    from (select distinct piece, grp from cell) c left join person p using (piece) group by c.piece, c.grp`)
  const presence = await presenceOf(base, scope, active)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  return ask.pieces.map((_, piece): Collected => {
    const one = byPiece.get(piece)!
    const { any, withData } = presence[piece]!
    const common = { excluded: { other_currency: one.other, refund_without_payment: one.unpaid }, withData }
    const unknown = any ? reasonFor(source, one) : NO_EVENTS
    if (unknown) return { shape: 'nothing', ...common, unknown }
    if (isSmall(ask.pieces.length, one.people)) return { shape: 'nothing', ...common, unknown: TOO_FEW }
    const interval = ratioInterval({ ...one, x: one.people, xx: one.people })
    return { shape: 'number', value: one.y / one.people, n: one.people, interval, ...common }
  })
}

function reasonFor({ currency, per, active }: Source, { people: n, ever }: Money): Unknown | null {
  if (!ever)
    return {
      code: 'no_revenue',
      why: `No product event here has ever carried revenue in ${currency}, so nothing told cannot be told from nothing earned.`,
      fix: `Send "revenue" with "currency": "${currency}" on the events that bring money.`,
    }
  if (n > 0) return null
  return per === 'paying'
    ? {
        code: 'nobody_paid',
        why: `Nobody paid in ${currency} in this window, so there is nobody to divide by.`,
        fix: 'Choose a longer window.',
      }
    : {
        code: 'nobody_active',
        why: `Nobody ${active ? `did "${active}"` : 'did anything'} in this window, so there is nobody to divide by.`,
        fix: 'Choose a longer window.',
      }
}

/** How an organisation's own revenue per user is answered. */
export function revenueMeasure(
  base: Base,
  { source }: DeclaredBy<'revenue_per_user'>,
): Pick<MeasureDefinition, 'definition' | 'collect' | 'rows'> {
  const { currency, per, active } = source
  return {
    definition: `Revenue in ${currency} of the window less refunds (negative revenue) of the window, divided by ${
      per === 'paying' ? `those who paid in ${currency}` : active ? `those who did "${active}"` : 'those who did anything'
    } in the same time. Other currencies are left out, never converted; so is a refund by somebody who had not paid before. The interval is that of a ratio, from 30 people on.`,
    collect: (ask) => collectRevenue(base, source, ask),
    rows: (ask) => revenueRows(base, source, ask),
  }
}

async function revenueRows(base: Base, { currency }: Source, ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]> {
  const scope = await scopeOf(base, ask)
  const [{ window }] = ask.pieces as [CollectAsk['pieces'][number]]
  const found = await base.store.query<{
    subject: string
    source: string
    id: string
    name: string
    at: Instant
    amount: number
    currency: string
    paid: boolean
  }>(sql`
    with ${scope.tables}, ${moneyTables(scope, currency)}
    select e.subject, e.source, e.id, e.name, e.at, (e.revenue ->> 'amount')::float8 as amount, e.revenue ->> 'currency' as currency,
      (e.revenue ->> 'amount')::numeric >= 0 or exists (select 1 from payer y where y.actor = ${actorOf(scope)} and y.since <= e.at) as paid
    from ${happened(scope, null)} and e.revenue is not null and e.at >= ${instant(window.from)} and e.at < ${instant(window.to)}
    order by e.at desc, e.subject, e.source, e.id limit ${ask.limit} offset ${ask.offset}`)
  return found.map((one): Row => {
    const excluded = one.currency !== currency ? 'other_currency' : one.paid ? undefined : 'refund_without_payment'
    return {
      id: `product_event:${one.source}/${one.id}`,
      subject: one.subject,
      value: one.amount,
      unit: one.currency,
      at: formatInstant(one.at),
      title: one.name,
      parts: {},
      links: [],
      flags: one.amount < 0 ? ['refund'] : [],
      ...(excluded ? { excluded } : {}),
    }
  })
}
