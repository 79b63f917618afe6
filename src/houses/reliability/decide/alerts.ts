import type { Instant, Ref } from '../../../ground/core/index.ts'
import { type AlertRule, type Finding, type Standing, step } from '../assess/burn/index.ts'

/** One rule of one objective that is looked at again and again. */
export interface Watched {
  slo: Ref
  objective: string
  service: Ref
  rule: AlertRule
}

/** An alert that stands, as it is kept. */
export interface KeptAlert extends Standing {
  id: number
  slo: Ref
  objective: string
  rule: string
}

/** What one look changes. */
export type AlertChange =
  | { change: 'opened'; watched: Watched; standing: Standing; finding: Finding }
  | { change: 'fired'; id: number; finding: Finding }
  /** Still the same, with other numbers. */
  | { change: 'seen'; id: number; finding: Finding }
  /** `calm`: the condition holds no longer. `withdrawn`: nobody asks any more. */
  | { change: 'ended'; id: number; wasFiring: boolean; by: 'calm' | 'withdrawn'; finding: Finding | null }

/** What findings make of the alerts that stand. Run twice on the same it changes nothing the second time. */
export function changesOf(
  found: readonly { watched: Watched; finding: Finding }[],
  kept: readonly KeptAlert[],
  now: Instant,
): AlertChange[] {
  const standing = new Map(kept.map((alert) => [keyOf(alert.slo, alert.objective, alert.rule), alert]))
  const changes = found.flatMap(({ watched, finding }): AlertChange[] => {
    const key = keyOf(watched.slo, watched.objective, watched.rule.key)
    const alert = standing.get(key) ?? null
    standing.delete(key)
    const next = step(alert, finding, watched.rule.after, now)
    if (alert === null) return next ? [{ change: 'opened', watched, standing: next, finding }] : []
    const { id } = alert
    if (next === null) return [{ change: 'ended', id, wasFiring: alert.state === 'firing', by: 'calm', finding }]
    return [{ change: next?.state === 'firing' ? 'fired' : 'seen', id, finding }]
  })
  const withdrawn = [...standing.values()].map(({ id, state }): AlertChange => ({
    change: 'ended',
    id,
    wasFiring: state === 'firing',
    by: 'withdrawn',
    finding: null,
  }))
  return [...changes, ...withdrawn]
}

function keyOf(slo: Ref, objective: string, rule: string): string {
  return `${slo}\n${objective}\n${rule}`
}

/** Which alerts a silence is about. */
export interface Matcher {
  namespace: string
  service: Ref | null
  slo: Ref | null
  severity: string | null
}

/** Whether a silence is about an alert: everything it names has to be the same. */
export function matches(
  { namespace, service, slo, severity }: Matcher,
  alert: { slo: Ref; service: Ref; severity: string; namespace: string },
): boolean {
  return (
    alert.namespace === namespace &&
    (service === null || service === alert.service) &&
    (slo === null || slo === alert.slo) &&
    (severity === null || severity === alert.severity)
  )
}

/** Seconds waited before each further try: about 18 hours in all, as the Standard Webhooks specification recommends ("Retries"). */
const WAITS = [5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000]

/** When a delivery that failed so many times is tried again; null: not any more. */
export function nextTry(attempts: number, now: Instant, askedSeconds?: number): Instant | null {
  const wait = WAITS[attempts - 1]
  return wait === undefined ? null : now + Math.max(wait, Math.min(askedSeconds ?? 0, 3_600)) * 1000
}
