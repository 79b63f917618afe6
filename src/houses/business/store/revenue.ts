import { formatInstant, type Instant, type Row, type Unknown } from '../../../ground/core/index.ts'
import { type CollectAsk, type Collected, type DeclaredBy, type MeasureDefinition, ratioInterval } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { actorOf, type Base, done, happened, presenceOf, type Scope, scopeOf } from './scope.ts'
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
      ${done(
        scope,
        null,
        (actor) =>
          sql`g.grp, ${actor} as actor, e.at, (e.revenue ->> 'amount')::numeric as amount, e.revenue ->> 'currency' = ${currency} as own`,
        sql`and e.revenue is not null`,
      )}),
    payer as materialized (select grp, actor, min(at) as since from money where own and amount > 0 group by grp, actor)`
}

/** Those the money is divided by, once each in each piece. */
function people(scope: Scope, { per, active }: Source): Statement {
  return per === 'paying'
    ? sql`select distinct piece, actor from counted where own and amount > 0`
    : sql`select distinct p.piece, e.actor from piece p join (${done(scope, active ?? null, (actor) => sql`g.grp, ${actor} as actor, e.at`)}) e
        on e.grp = p.grp and e.at >= p."from" and e.at < p."to"`
}

async function collectRevenue(base: Base, source: Source, ask: CollectAsk): Promise<Collected[]> {
  const scope = await scopeOf(base, ask)
  const found = await base.store.query<Money>(sql`
    with ${scope.tables}, ${moneyTables(scope, source.currency)},
      counted as materialized (
        select p.piece, m.actor, m.amount, m.own, m.amount >= 0 or coalesce(y.since <= m.at, false) as paid
        from piece p join money m on m.grp = p.grp and m.at >= p."from" and m.at < p."to" left join payer y on y.grp = m.grp and y.actor = m.actor),
      person as materialized (${people(scope, source)}),
      net as materialized (select piece, actor, sum(amount) as y from counted where own and paid group by piece, actor),
      unit as materialized (
        select piece, coalesce(n.y, 0) as y, (w.actor is not null)::int as x
        from net n full join (select piece, actor from person) w using (piece, actor))
    select p.piece, coalesce(sum(u.x), 0)::int as people, count(u.y)::int as units, coalesce(sum(u.y), 0)::float8 as y,
      coalesce(sum(u.y * u.y), 0)::float8 as yy, coalesce(sum(u.y * u.x), 0)::float8 as xy,
      (select count(*)::int from counted c where c.piece = p.piece and not c.own) as other,
      (select count(*)::int from counted c where c.piece = p.piece and c.own and not c.paid) as unpaid,
      exists (select 1 from payer y where y.grp = p.grp) as ever
    from piece p left join unit u on u.piece = p.piece group by p.piece, p.grp`)
  const presence = await presenceOf(base, scope, source.active ?? null)
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
      (e.revenue ->> 'amount')::numeric >= 0 or exists (select 1 from payer y where y.grp = g.grp and y.actor = ${actorOf(scope)} and y.since <= e.at) as paid
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
