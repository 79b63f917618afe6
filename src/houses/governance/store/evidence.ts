import { type Instant, type Reading, type Ref, refNamespace, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { incidentsHeard, openIncidents, pastDeployments } from '../../delivery/index.ts'
import { type Evidence, readingKey, type Release } from '../decide/index.ts'
import type { Policy, Rule } from '../intent/index.ts'
import type { Belonging, Declared } from './declared.ts'
import { overrideFor } from './overrides.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** Deployments looked at beyond those a rule counts, since repeats and rollbacks lie between. */
const BETWEEN = 4
/** Deployments looked at where a rule looks back a length of time. */
const MOST_DEPLOYMENTS = 1_000

/** Reads what the rules of some policies ask for, as it was known at a moment; what none asks for is not read. */
export async function evidenceFor(
  policies: readonly Policy[],
  release: Release,
  { at, declared, belonging }: { at: Instant; declared: Declared; belonging: Belonging },
  context: Context,
): Promise<Evidence> {
  const rules = policies.flatMap((policy) => policy.rules)
  const asks = (kind: Rule['rule']) => rules.some(({ rule }) => rule === kind)
  const { component, environment } = release
  const moment = { subject: component, environment, at, asOf: at }
  const incidents = asks('open_incident')
  const past = asks('recent_failures')
    ? await pastDeployments({ ...moment, most: mostOf(rules) }, context)
    : { deployments: [], failuresHeard: false }
  const override = overrideFor(declared.overrides, { ...release, at })
  return {
    at,
    belongs: belonging.names,
    slos: [],
    incidents: incidents ? await openIncidents(moment, context) : [],
    incidentsHeard: incidents ? await incidentsHeard(refNamespace(component), at, context) : false,
    deployments: past.deployments.map(({ id, finishedAt, failed, failedBy }) => ({ id, finishedAt, failed, failedBy })),
    failuresHeard: past.failuresHeard,
    readings: await readingsFor(policies, component, at, context),
    exceptions: declared.exceptions
      .filter(
        ({ from, subjects, until }) =>
          until > at && policies.some(({ ref }) => ref === from) && subjects.some((subject) => belonging.names.includes(subject)),
      )
      .map(({ ref, from, reason, until }) => ({ ref, policy: from, reason, until })),
    override: override && { decision: override.decision, reason: override.reason, by: override.by, until: override.until },
  }
}

function mostOf(rules: readonly Rule[]): number {
  const wanted = rules.flatMap((rule) =>
    rule.rule === 'recent_failures' ? [rule.last === null ? MOST_DEPLOYMENTS : rule.last * BETWEEN] : [],
  )
  return Math.min(MOST_DEPLOYMENTS, Math.max(...wanted))
}

async function readingsFor(
  policies: readonly Policy[],
  component: Ref,
  at: Instant,
  { measures }: Context,
): Promise<Record<string, Reading>> {
  const readings: Record<string, Reading> = {}
  for (const policy of policies)
    for (const rule of policy.rules) {
      if (rule.rule !== 'measure') continue
      const { measure, where, window } = rule
      const ask = { measure, subject: rule.subject ?? component, where: { ...where }, from: at - window, to: at, at, asOf: at }
      readings[readingKey(policy, rule)] = await measures.read(ask).catch((error: unknown) => unreadable(ask, error))
    }
  return readings
}

/** A question that is refused is a reading nobody knows, with the refusal as its reason. */
function unreadable(
  {
    measure,
    subject,
    where,
    from,
    to,
    asOf,
  }: { measure: string; subject: string; where: Record<string, string>; from: number; to: number; asOf: number },
  error: unknown,
): Reading {
  if (!(error instanceof Refusal)) throw error
  const { code, message, fix = '' } = error.problem
  const text = (moment: number) => new Date(moment).toISOString()
  return {
    measure,
    subject,
    dimensions: where,
    window: { from: text(from), to: text(to) },
    value: null,
    unit: '',
    unknown: { code, why: message, fix },
    n: 0,
    excluded: [],
    at: text(to),
    asOf: text(asOf),
  }
}
