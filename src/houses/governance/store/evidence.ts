import type { SubjectShare } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { incidentsHeardSince, openIncidents, type Past, pastOfEach } from '../../delivery/index.ts'
import type { Evidence } from '../decide/index.ts'
import type { Policy, Rule } from '../intent/index.ts'
import type { Slo } from '../../reliability/index.ts'
import { budgetsOfEach } from './budgets.ts'
import type { Belonging, Declared } from './declared.ts'
import { readingsFor } from './readings.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** Deployments looked at beyond those a rule counts, since repeats and rollbacks lie between. */
const BETWEEN = 4
/** Deployments looked at where a rule looks back a length of time. */
const MOST_DEPLOYMENTS = 1_000

/** Everything rules are judged by but an override, which may be for one commit alone. */
export type Looked = Omit<Evidence, 'override'>

/** What is asked about one component, and what is known of it already. */
interface LookAsk {
  policies: readonly Policy[]
  component: Ref
  environment: string
  belonging: Belonging
  shares: readonly SubjectShare[]
  promises: readonly Slo[]
}

/**
 * Reads what the rules of some policies ask for, of a moment, as it was known at another, for several components in a few statements;
 * what none asks for is not read.
 * @param moment.asOf of the records, null where those of the present are known to be those of the moment
 */
export async function lookForEach(
  asks: readonly LookAsk[],
  { at, known, asOf, declared }: { at: Instant; known: Instant; asOf: Instant | null; declared: Declared },
  context: Context,
): Promise<Looked[]> {
  const budgets = (then: Instant | null) =>
    budgetsOfEach(
      asks.map(({ component, promises }) => ({ component, promises, at, asOf: then })),
      context,
    )
  const slos = await (asOf === null ? budgets(null) : context.ledger.readAsOf(asOf, budgets))
  const incidents = await incidentsFor(asks.filter(wants('open_incident')), { at, known }, context)
  const past = await pastFor(asks.filter(wants('recent_failures')), { at, asOf }, context)
  const looked: Looked[] = []
  for (const [place, ask] of asks.entries()) {
    const { policies, component, belonging } = ask
    const { deployments, failuresHeard } = past.get(ask) ?? { deployments: [], failuresHeard: false }
    looked.push({
      at,
      belongs: belonging.names,
      slos: slos[place]!,
      incidents: incidents.get(ask)?.open ?? [],
      incidentsHeard: incidents.get(ask)?.heard ?? false,
      deployments: deployments.map(({ id, finishedAt, failed, failedBy }) => ({ id, finishedAt, failed, failedBy })),
      failuresHeard,
      readings: await readingsFor(policies, component, { at, asOf: known }, context),
      exceptions: declared.exceptions
        .filter(
          ({ from, subjects, until }) =>
            until > at && policies.some(({ ref }) => ref === from) && subjects.some((subject) => belonging.names.includes(subject)),
        )
        .map(({ ref, from, reason, until }) => ({ ref, policy: from, reason, until })),
    })
  }
  return looked
}

function wants(kind: Rule['rule']): (ask: LookAsk) => boolean {
  return ({ policies }) => policies.some(({ rules }) => rules.some(({ rule }) => rule === kind))
}

async function incidentsFor(asks: readonly LookAsk[], { at, known }: { at: Instant; known: Instant }, context: Context) {
  const open = await openIncidents(
    asks.map(({ component, shares }) => ({ subject: component, at, asOf: known, shares })),
    context,
  )
  const heard = new Map<string, boolean>()
  for (const namespace of new Set(asks.map(({ component }) => refNamespace(component))))
    heard.set(namespace, ((await incidentsHeardSince(namespace, context)) ?? Infinity) <= known)
  return new Map(asks.map((ask, place) => [ask, { open: open[place]!, heard: heard.get(refNamespace(ask.component))! }]))
}

async function pastFor(asks: readonly LookAsk[], { at, asOf }: { at: Instant; asOf: Instant | null }, context: Context) {
  const found = new Map<LookAsk, Past>()
  for (const [environment, some] of Map.groupBy(asks, (ask) => ask.environment)) {
    const wanted = some.map(({ shares, policies }) => ({ shares, most: mostOf(policies.flatMap(({ rules }) => rules)) }))
    const read = (then: Instant | null) => pastOfEach(wanted, { environment, at, asOf: then }, context)
    const past = await (asOf === null ? read(null) : context.ledger.readAsOf(asOf, read))
    for (const [place, ask] of some.entries()) found.set(ask, past[place]!)
  }
  return found
}

function mostOf(rules: readonly Rule[]): number {
  const wanted = rules.flatMap((rule) =>
    rule.rule === 'recent_failures' ? [rule.last === null ? MOST_DEPLOYMENTS : rule.last * BETWEEN] : [],
  )
  return Math.min(MOST_DEPLOYMENTS, Math.max(...wanted))
}
