import * as z from 'zod'
import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import type { Delivery } from './deliver.ts'
import { CHANGES_OF, type Destination } from './destinations.ts'
import type { BurnAlert } from './inbox.ts'
import { burnWords, Seen } from './notice.ts'
import { holds, type Silence } from './silences.ts'
import { periodOf, titleOf, type Watch } from './watches.ts'

const At = z.string().nullable()

export const DeliveryView = z.object({
  id: z.string(),
  target: z.string(),
  state: z.enum(['waiting', 'sent', 'dead']),
  attempts: z.number().int(),
  dueAt: z.string(),
  sentAt: At,
  error: z.object({ at: z.string(), code: z.string(), message: z.string(), fix: z.string().optional() }).nullable(),
})

export const AlertView = z.object({
  id: z.number().int(),
  slo: z.string(),
  title: z.string(),
  objective: z.string(),
  /** Least share of good that is promised; null where the promise is gone. */
  target: z.number().nullable(),
  rule: z.string(),
  severity: z.string(),
  service: z.string(),
  state: z.enum(['pending', 'firing', 'resolved']),
  since: z.string(),
  firedAt: At,
  endedAt: At,
  endedBy: z.enum(['calm', 'withdrawn']).nullable(),
  seen: Seen,
  /** What its burn is, in words. */
  words: z.string(),
  /** Highest burn of the longest window. */
  most: z.number().nullable(),
  /** Seconds a whole budget lasts at this burn; null where it lasts. */
  lastsSeconds: z.number().nullable(),
  silentSince: At,
  acknowledged: z.object({ at: z.string(), by: z.string() }).nullable(),
  /** The silence that keeps it from being told. */
  silence: z.number().int().nullable(),
  runbook: z.string().nullable(),
  deliveries: z.array(DeliveryView),
  /** Targets of its policy that nobody said how to reach. */
  unreachable: z.array(z.string()),
})

export const SilenceView = z.object({
  id: z.number().int(),
  scope: z.string(),
  service: z.string().nullable(),
  slo: z.string().nullable(),
  severity: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  until: z.string(),
  endedAt: At,
  endedBy: z.string().nullable(),
  holds: z.boolean(),
})

export const DestinationView = z.object({
  target: z.string(),
  kind: z.enum(['webhook', 'slack', 'email']),
  shown: z.string(),
  standard: z.boolean(),
  /** Whose changes of level it hears of; null: of none. */
  changes: z.enum(CHANGES_OF).nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  pausedAt: At,
})

export function alertView(
  alert: BurnAlert,
  {
    watch,
    deliveries,
    silence,
    reached,
  }: { watch: Watch | undefined; deliveries: readonly Delivery[]; silence: Silence | undefined; reached: ReadonlySet<string> },
): z.input<typeof AlertView> {
  const { since, firedAt, endedAt, silentSince, acknowledged, untold: _untold, seen, ...same } = alert
  const targets = watch ? (watch.place === null ? watch.slo.objectives : [watch.slo.objectives[watch.place]!]) : []
  const burn = seen.windows[0]?.burn ?? null
  const rule = watch?.rules.find(({ key }) => key === alert.rule)
  return {
    ...same,
    title: watch ? titleOf(watch) : alert.slo,
    target: targets.length > 0 ? Math.min(...targets.map(({ target }) => target)) : null,
    since: formatInstant(since),
    firedAt: at(firedAt),
    endedAt: at(endedAt),
    seen,
    words: burnWords(seen),
    lastsSeconds: watch && burn !== null && burn > 1 ? periodOf(watch.slo.window) / burn / 1000 : null,
    silentSince: at(silentSince),
    acknowledged: acknowledged && { at: formatInstant(acknowledged.at), by: acknowledged.by },
    silence: silence?.id ?? null,
    runbook: watch?.runbook ?? null,
    deliveries: deliveries.map(deliveryView),
    unreachable: (rule?.targets ?? []).filter((target) => !reached.has(target)),
  }
}

/** How a message went, as it is told. */
export function deliveryView({ id, target, state, attempts, dueAt, sentAt, error }: Delivery): z.input<typeof DeliveryView> {
  return { id, target, state, attempts, dueAt: formatInstant(dueAt), sentAt: at(sentAt), error }
}

export function silenceView(silence: Silence, now: Instant): z.input<typeof SilenceView> {
  const { namespace, at: from, until, endedAt, ...same } = silence
  return {
    ...same,
    scope: namespace,
    at: formatInstant(from),
    until: formatInstant(until),
    endedAt: at(endedAt),
    holds: holds(silence, now),
  }
}

export function destinationView({ createdAt, pausedAt, ...same }: Destination): z.input<typeof DestinationView> {
  return { ...same, createdAt: formatInstant(createdAt), pausedAt: at(pausedAt) }
}

function at(moment: Instant | null): string | null {
  return moment === null ? null : formatInstant(moment)
}
