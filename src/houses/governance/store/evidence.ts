import type { SubjectShare } from '../../../ground/catalog/index.ts'
import { type Instant, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { incidentsHeardSince, openIncidents, pastDeployments } from '../../delivery/index.ts'
import type { Evidence, Release } from '../decide/index.ts'
import type { Policy, Rule } from '../intent/index.ts'
import type { Slo } from '../../reliability/index.ts'
import { budgetsOf } from './budgets.ts'
import type { Belonging, Declared } from './declared.ts'
import { readingsFor } from './readings.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** Deployments looked at beyond those a rule counts, since repeats and rollbacks lie between. */
const BETWEEN = 4
/** Deployments looked at where a rule looks back a length of time. */
const MOST_DEPLOYMENTS = 1_000

/** Everything rules are judged by but an override, which may be for one commit alone. */
export type Looked = Omit<Evidence, 'override'>

/** As of when is read, and what is known of the component already. */
interface Known {
  at: Instant
  known: Instant
  /** The same, null: the present. */
  asOf: Instant | null
  declared: Declared
  belonging: Belonging
  shares: readonly SubjectShare[]
  promises: readonly Slo[]
}

/** Reads what the rules of some policies ask for of a moment, as it was known at another; what none asks for is not read. */
export async function lookFor(
  policies: readonly Policy[],
  release: Pick<Release, 'component' | 'environment'>,
  { at, known, asOf, declared, belonging, shares, promises }: Known,
  context: Context,
): Promise<Looked> {
  const rules = policies.flatMap((policy) => policy.rules)
  const asks = (kind: Rule['rule']) => rules.some(({ rule }) => rule === kind)
  const { component, environment } = release
  const moment = { subject: component, at, shares }
  const incidents = asks('open_incident')
  const past = asks('recent_failures')
    ? await pastDeployments({ ...moment, asOf, environment, most: mostOf(rules) }, context)
    : { deployments: [], failuresHeard: false }
  return {
    at,
    belongs: belonging.names,
    slos: await budgetsOf(promises, component, { at, asOf }, context),
    incidents: incidents ? (await openIncidents([{ ...moment, asOf: known }], context))[0]! : [],
    incidentsHeard: incidents && ((await incidentsHeardSince(refNamespace(component), context)) ?? Infinity) <= known,
    deployments: past.deployments.map(({ id, finishedAt, failed, failedBy }) => ({ id, finishedAt, failed, failedBy })),
    failuresHeard: past.failuresHeard,
    readings: await readingsFor(policies, component, { at, asOf: known }, context),
    exceptions: declared.exceptions
      .filter(
        ({ from, subjects, until }) =>
          until > at && policies.some(({ ref }) => ref === from) && subjects.some((subject) => belonging.names.includes(subject)),
      )
      .map(({ ref, from, reason, until }) => ({ ref, policy: from, reason, until })),
  }
}

function mostOf(rules: readonly Rule[]): number {
  const wanted = rules.flatMap((rule) =>
    rule.rule === 'recent_failures' ? [rule.last === null ? MOST_DEPLOYMENTS : rule.last * BETWEEN] : [],
  )
  return Math.min(MOST_DEPLOYMENTS, Math.max(...wanted))
}
