import * as z from 'zod'
import { formatDuration, formatInstant, type Ref, refName } from '../../../ground/core/index.ts'
import type { Finding } from '../assess/burn/index.ts'

/** What an alert was last seen as. */
export const Seen = z.object({
  op: z.enum(['gt', 'gte', 'lt', 'lte']),
  threshold: z.number(),
  /** The longest first; `seconds` long. */
  windows: z.array(z.object({ seconds: z.number(), burn: z.number().nullable(), events: z.number().nullable() })),
  unknown: z.enum(['no_data', 'few_events']).optional(),
})
export type Seen = z.infer<typeof Seen>

export function seenOf({ test, burns, unknown }: Finding): Seen {
  return {
    op: test.op,
    threshold: test.threshold,
    windows: test.windows.map((window, index) => {
      const { rate, n } = burns[index]!
      return { seconds: window / 1000, burn: rate, events: Number.isFinite(n) ? n : null }
    }),
    ...(unknown ? { unknown } : {}),
  }
}

/** One alert in a notice. */
export const NoticeAlert = z.object({
  id: z.number().int(),
  event: z.enum(['firing', 'resolved']),
  slo: z.string(),
  /** Absent in notices of before. */
  service: z.string().optional(),
  title: z.string(),
  objective: z.string(),
  target: z.number(),
  severity: z.string(),
  rule: z.string(),
  since: z.string(),
  firedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** `withdrawn`: the promise or its rule is gone; nothing got better. */
  endedBy: z.enum(['calm', 'withdrawn']).nullable(),
  seen: Seen,
  /** Milliseconds of the budget's period. */
  periodMs: z.number(),
  runbook: z.string().nullable(),
  /** Share of the budget left when it was told; null where unknown, absent in notices of before. */
  left: z.number().nullable().optional(),
})
export type NoticeAlert = z.infer<typeof NoticeAlert>

/** What is sent of alerts: all that changed of one service in one look; of all services together where that would be many messages. */
export interface AlertsNotice {
  type: 'slo.alerts'
  at: string
  /** Of several the one of the first alert. */
  service: string
  alerts: NoticeAlert[]
}

/** A change of level in a notice, with the sentence that tells it. */
export interface NoticeChange {
  id: number
  measure: string
  title: string
  subject: Ref
  unit: string
  /** When the level changed. */
  at: string
  before: number
  after: number
  confidence: number
  effect?: 'better' | 'worse'
  /** Outcomes that are held against the measure. */
  outcomes: Ref[]
  words: string
}

/** What is sent of measures: all changes of level of one namespace that are to be told. */
export interface ChangesNotice {
  type: 'measure.changes'
  at: string
  scope: string
  changes: NoticeChange[]
}

export type Notice = AlertsNotice | ChangesNotice

/** Services a notice is about. */
function servicesOf({ service, alerts }: Pick<AlertsNotice, 'service' | 'alerts'>): Set<string> {
  return new Set([service, ...alerts.flatMap((alert) => alert.service ?? [])])
}

/** One line that says what is going on: "checkout: 2 alerts fire"; "40 services: 61 alerts fire, the worst a page". */
export function headline(notice: Pick<AlertsNotice, 'service' | 'alerts'>): string {
  const { service, alerts } = notice
  if (alerts.length === 0) return `${refName(service)}: a test, nothing fires`
  const services = servicesOf(notice).size
  const firing = alerts.filter(({ event }) => event === 'firing')
  const over = alerts.length - firing.length
  const worst = firing.some(({ severity }) => severity === 'page') ? 'page' : firing[0]?.severity
  const many = firing.length > 1 ? `${firing.length} alerts fire, the worst a ${worst}` : `${worst} alert fires`
  const ended = over > 1 ? `${over} alerts are over` : 'an alert is over'
  const parts = [firing.length > 0 ? many : '', over > 0 ? ended : '']
  return `${services > 1 ? `${services} services` : refName(service)}: ${parts.filter(Boolean).join('; ')}`
}

/** What each alert says, with its numbers; of which service where there are several. */
export function wordsOf(notice: Pick<AlertsNotice, 'service' | 'alerts'>): (alert: NoticeAlert) => string {
  const isOfMany = servicesOf(notice).size > 1
  return (alert) => (isOfMany && alert.service ? `${refName(alert.service)}, ${alertWords(alert)}` : alertWords(alert))
}

function alertWords(alert: NoticeAlert): string {
  const { title, target, event, endedBy, seen } = alert
  const promise = `${title} (${percent(target)})`
  if (event === 'resolved')
    return endedBy === 'withdrawn'
      ? `${promise}: over, because the promise or its rule was taken away.`
      : `${promise}: over, the burn is back within its limit.`
  return `${promise}: ${burnWords(seen)}.${exhaustion(alert)}`
}

/** "burns its budget 23.4 times too fast over 1 h (31 over 5 min; alert from 14.4; 1,204 events)". */
export function burnWords({ op, threshold, windows, unknown }: Seen): string {
  const [long, ...shorter] = windows
  const isLow = op === 'lt' || op === 'lte'
  if (!long || long.burn === null)
    return unknown === 'no_data' ? `no samples in ${formatDuration(long?.seconds ?? 0)}` : 'too little is known to tell its burn'
  const others = shorter.map(({ seconds, burn }) => `${burn === null ? 'nothing' : number(burn)} over ${formatDuration(seconds)}`)
  const events = long.events === null ? [] : [`n = ${Math.round(long.events).toLocaleString('en-GB')}`]
  const limit = `alert ${isLow ? 'below' : 'above'} ${number(threshold)}`
  return `burns its budget at ${number(long.burn)} times the rate it can bear, over ${formatDuration(long.seconds)} (${[...others, limit, ...events].join('; ')})`
}

/** "6.5 % of the budget is left." Nothing where that is not known. */
export function leftWords({ event, left }: NoticeAlert): string {
  if (event === 'resolved' || left === null || left === undefined) return ''
  const share = `${(Math.abs(left) * 100).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} %`
  return left < 0 ? `The budget is overspent by ${share}.` : `${share} of the budget is left.`
}

/** What ends it: a rule holds only while every one of its windows is beyond the threshold. */
export function endsWords({ event, seen: { op, threshold, windows } }: NoticeAlert): string {
  if (event === 'resolved' || op === 'lt' || op === 'lte') return ''
  return `It is over once the burn over ${windows.map(({ seconds }) => formatDuration(seconds)).join(' or ')} is down to ${number(threshold)}.`
}

/** How long a whole budget lasts at this pace: period ÷ burn (The Site Reliability Workbook, chapter 5). */
function exhaustion({ seen, periodMs }: NoticeAlert): string {
  const burn = seen.windows[0]?.burn
  return burn && burn > 1 ? ` At this pace a whole budget lasts ${formatDuration(periodMs / burn / 1000)}.` : ''
}

function number(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 3 })
}

function percent(target: number): string {
  return `${(target * 100).toLocaleString('en-GB', { maximumFractionDigits: 4 })} %`
}

/** A notice that is only a test of the way. */
export function trialNotice(service: string, now: number): AlertsNotice {
  return { type: 'slo.alerts', at: formatInstant(now), service, alerts: [] }
}
