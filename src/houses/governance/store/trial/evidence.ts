import { formatDay, type Instant, parseInstant, type Reading, type Ref, refNamespace } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { incidentsHeardSince, openIncidents } from '../../../delivery/index.ts'
import { type Evidence, readingKey, type SloEvidence } from '../../decide/index.ts'
import type { Policy } from '../../intent/index.ts'
import type { Slo } from '../../../reliability/index.ts'
import { budgetsOfEach, promisesFor } from '../budgets.ts'
import { readMeasure } from '../readings.ts'
import type { Deployed } from './releases.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** A component at a moment of its past. */
export interface Look {
  of: Deployed
  at: Instant
  /** A deployment of it that had not gone out, were it held. */
  without?: string
}

/** What was known: at each moment itself, or today of what had happened by it. */
export type Known = 'then' | 'now'

/** What the rules of a policy ask for at many moments: one statement a kind of evidence, not one a moment. */
export async function evidenceAt(
  policy: Policy,
  looks: readonly Look[],
  { known, now }: { known: Known; now: Instant },
  context: Context,
): Promise<Evidence[]> {
  const asks = (kind: Policy['rules'][number]['rule']) => policy.rules.some(({ rule }) => rule === kind)
  const asOf = (at: Instant) => (known === 'then' ? at : now)
  const incidents = asks('open_incident')
    ? await openIncidents(
        looks.map(({ of, at }) => ({ subject: of.component, at, asOf: asOf(at) })),
        context,
      )
    : []
  const heard = asks('open_incident') ? await heardSince(looks, context) : new Map<string, Instant | null>()
  const budgets = await budgetsAt(policy, looks, { known, now }, context)
  const readings = await readingsAt(policy, looks, asOf, context)
  return looks.map(({ of, at, without }, index) => ({
    at,
    belongs: of.belongs,
    slos: budgets[index]!,
    incidents: incidents[index] ?? [],
    incidentsHeard: (heard.get(refNamespace(of.component)) ?? Infinity) <= asOf(at),
    deployments: asks('recent_failures') ? pastOf(of, at, known).filter(({ id }) => id !== without) : [],
    failuresHeard: of.failuresHeard,
    readings: readings[index]!,
    exceptions: [],
    override: null,
  }))
}

async function heardSince(looks: readonly Look[], context: Context): Promise<Map<string, Instant | null>> {
  const found = new Map<string, Instant | null>()
  for (const namespace of new Set(looks.map(({ of }) => refNamespace(of.component))))
    found.set(namespace, await incidentsHeardSince(namespace, context))
  return found
}

/**
 * The deployments before a moment. Which failure belongs to which deployment is taken as it is known today; whether
 * anybody had told of both by then decides whether it counts.
 */
function pastOf({ deployments, told }: Deployed, at: Instant, known: Known): Evidence['deployments'] {
  const wasTold = (record: string) => known === 'now' || (told.get(record) ?? Infinity) <= at
  return deployments
    .filter(({ finishedAt, records }) => finishedAt < at && records.some(wasTold))
    .map(({ id, finishedAt, failures }) => {
      const failedBy = [...new Set(failures.filter((link) => link.at < at && wasTold(link.to)).map(({ to }) => to))]
      return { id, finishedAt, failed: failedBy.length > 0, failedBy }
    })
}

/** Moments whose budgets are read at once: statements that nobody waits for too long. */
const AT_ONCE = 200

/** How the promises of each component stood at each moment; promises are those of today. */
async function budgetsAt(
  policy: Policy,
  looks: readonly Look[],
  { known, now }: { known: Known; now: Instant },
  context: Context,
): Promise<SloEvidence[][]> {
  const promises = new Map<Ref, Slo[]>()
  for (const { of } of looks)
    if (!promises.has(of.component)) promises.set(of.component, await promisesFor(policy.rules, of.component, now, context))
  const byComponent = [...Map.groupBy(looks.keys(), (place) => looks[place]!.of.component).values()].flat()
  const found: SloEvidence[][] = []
  const read = async (asOf: Instant | null) => {
    for (let from = 0; from < byComponent.length; from += AT_ONCE) {
      const some = byComponent.slice(from, from + AT_ONCE)
      const budgets = await budgetsOfEach(
        some.map((place) => {
          const { of, at } = looks[place]!
          return { component: of.component, promises: promises.get(of.component)!, at, asOf: known === 'then' ? at : asOf }
        }),
        context,
      )
      for (const [n, place] of some.entries()) found[place] = budgets[n]!
    }
  }
  await (known === 'then' ? read(null) : context.ledger.readAsOf(now, read))
  return found
}

/** Measures are read once a component and day, at its beginning: what changed within the day is not seen. */
async function readingsAt(
  policy: Policy,
  looks: readonly Look[],
  asOf: (at: Instant) => Instant,
  context: Context,
): Promise<Record<string, Reading>[]> {
  const rules = policy.rules.filter((rule) => rule.rule === 'measure')
  const read = new Map<string, Reading>()
  const all: Record<string, Reading>[] = []
  for (const { of, at } of looks) {
    const readings: Record<string, Reading> = {}
    for (const rule of rules) {
      const day = dayOf(at)
      const key = `${readingKey(policy, rule)} ${rule.subject ?? of.component} ${day}`
      if (!read.has(key)) read.set(key, await readMeasure(rule, of.component, { at: day, asOf: asOf(day) }, context))
      readings[readingKey(policy, rule)] = read.get(key)!
    }
    all.push(readings)
  }
  return all
}

function dayOf(at: Instant): Instant {
  const read = parseInstant(formatDay(at))
  return read.ok ? read.value : at
}
