import type { Catalog, Entity } from '../../../ground/catalog/index.ts'
import { DAY, parseDuration, type Ref, refNamespace, toRef } from '../../../ground/core/index.ts'
import { type AlertRule, pairsOf, rulesOfPairs, type WindowPair } from '../assess/burn/index.ts'
import { AlertWindowsSpec } from '../intent/alert-windows.ts'
import { AlertConditionSpec, AlertPolicySpec, lengthOf, parseSloDuration, type Slo, SloSpec, type SloWindow } from '../intent/index.ts'
import { slosOf } from '../store/slos.ts'

/** A promise with what its alerts look at and whom they tell. */
export interface Watch {
  slo: Slo
  /** Its objective, or `composite` for all of them together. */
  objective: string
  /** Place of the objective; null where all of them count together. */
  place: number | null
  rules: readonly WatchRule[]
  /** Where it is written what to do. */
  runbook: string | null
}

export interface WatchRule extends AlertRule {
  /** Targets its policy names; null: the standard destinations of its namespace. */
  targets: readonly Ref[] | null
  /** Whether it is told that it is over. */
  tellsEnd: boolean
  /** Whether silence counts as burning (alertWhenNoData). */
  onSilence: boolean
}

/** What a watch is called: the promise, and of several objectives which. */
export function titleOf({ slo, objective }: Watch): string {
  return slo.objectives.length > 1 && !/^(?:composite$|objective-)/.test(objective) ? `${slo.title}, ${objective}` : slo.title
}

const MANY = 1_000_000

/** Periods without a calendar at hand: months of 30 days, so that thresholds stay the same from month to month. */
export function periodOf(window: SloWindow): number {
  return window.kind === 'rolling' ? window.length : lengthOf(window.duration)
}

let held: { catalog: unknown; revision: string; watches: readonly Watch[] } | null = null

/** Everything that is watched; documents are read again only after one of them changed. */
export async function watchesOf({ catalog }: { catalog: Catalog }): Promise<readonly Watch[]> {
  const revision = await catalog.revision()
  if (held?.catalog === catalog && held.revision === revision) return held.watches
  const list = (kind: string) => catalog.list({ kind, limit: MANY })
  const documents = [...(await list('slo')), ...(await list('alertpolicy')), ...(await list('alertcondition'))]
  const known = new Map(documents.map((entity) => [entity.ref, entity]))
  const windows = await list('alertwindows')
  const watches = (await slosOf({ catalog })).flatMap((slo) => watchesOfSlo(slo, known, windows))
  held = { catalog, revision, watches }
  return watches
}

function watchesOfSlo(slo: Slo, known: ReadonlyMap<Ref, Entity>, windows: readonly Entity[]): Watch[] {
  const entity = known.get(slo.ref)
  const rules = rulesOf(slo, entity, known, windows)
  const runbook = runbookOf(entity)
  if (slo.composite && slo.objectives.length > 1) return [{ slo, objective: 'composite', place: null, rules, runbook }]
  return slo.objectives.map(({ name }, place) => ({ slo, objective: name, place, rules, runbook }))
}

function runbookOf(entity: Entity | undefined): string | null {
  const stated = entity?.metadata.annotations?.['throughline.dev/runbook']
  return stated && /^https?:\/\//.test(stated) ? stated : null
}

/** The rules of its policies; of a promise that names none the standard pairs of windows. */
export function rulesOf(slo: Slo, entity: Entity | undefined, known: ReadonlyMap<Ref, Entity>, windows: readonly Entity[]): WatchRule[] {
  const namespace = refNamespace(slo.ref)
  const stated = SloSpec.safeParse(entity?.spec).data?.alertPolicies ?? []
  if (stated.length === 0) {
    const period = periodOf(slo.window)
    const standard = { targets: null, tellsEnd: true, onSilence: false }
    return rulesOfPairs(pairsOf(period, catalogueOf(windows, namespace)), period).map((rule) => ({ ...rule, ...standard }))
  }
  return stated.flatMap(({ alertPolicyRef, metadata, spec }) => {
    const found = alertPolicyRef ? refIn(alertPolicyRef, 'alertpolicy', namespace) : null
    const policy = AlertPolicySpec.safeParse(spec ?? (found ? known.get(found)?.spec : undefined)).data
    // Who refers to a policy that is not there is told by the catalogue; no rule is made up for it.
    return policy && policy.alertWhenBreaching !== false
      ? rulesOfPolicy(alertPolicyRef ?? metadata?.name ?? 'policy', policy, namespace, known)
      : []
  })
}

function rulesOfPolicy(name: string, policy: AlertPolicySpec, namespace: string, known: ReadonlyMap<Ref, Entity>): WatchRule[] {
  const targets = (policy.notificationTargets ?? []).flatMap(
    ({ targetRef, metadata }) => refIn(targetRef ?? metadata?.name, 'alertnotificationtarget', namespace) ?? [],
  )
  return policy.conditions.flatMap(({ conditionRef, metadata, spec }, index): WatchRule[] => {
    const ref = conditionRef ? refIn(conditionRef, 'alertcondition', namespace) : null
    const read = AlertConditionSpec.safeParse(spec ?? (ref ? known.get(ref)?.spec : undefined)).data
    const lookback = read ? parseSloDuration(read.condition.lookbackWindow) : null
    if (!read || !lookback) return []
    const { op, threshold, alertAfter } = read.condition
    const after = alertAfter ? parseSloDuration(alertAfter) : null
    return [
      {
        key: `${name}/${conditionRef ?? metadata?.name ?? index}`,
        severity: read.severity,
        anyOf: [{ windows: [lengthOf(lookback)], op, threshold }],
        after: after ? lengthOf(after) : 0,
        targets,
        tellsEnd: policy.alertWhenResolved !== false,
        onSilence: policy.alertWhenNoData === true,
      },
    ]
  })
}

function refIn(name: string | null | undefined, kind: string, namespace: string): Ref | null {
  const read = name ? toRef(name, { kind, namespace }) : null
  return read?.ok ? read.value : null
}

/** Pairs somebody has chosen, by period: those of the namespace, else of the default one. */
function catalogueOf(windows: readonly Entity[], namespace: string): Map<number, readonly WindowPair[]> {
  const chosen = new Map<number, readonly WindowPair[]>()
  for (const one of ['default', namespace])
    for (const { spec } of windows.filter(({ ref: of }) => refNamespace(of) === one)) {
      const read = AlertWindowsSpec.safeParse(spec)
      if (read.success)
        chosen.set(
          milliseconds(read.data.period),
          read.data.pairs.map((pair) => ({ ...pair, ...lengthsOf(pair), share: shareOf(pair.budget) })),
        )
    }
  return chosen
}

function lengthsOf({ long, short }: { long: string; short: string }): { long: number; short: number } {
  return { long: milliseconds(long), short: milliseconds(short) }
}

function milliseconds(text: string): number {
  const read = parseDuration(text)
  return read.ok ? read.value * 1000 : 30 * DAY
}

function shareOf(budget: number | string): number {
  return typeof budget === 'number' ? budget : Number.parseFloat(budget) / 100
}
