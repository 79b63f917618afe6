import * as z from 'zod'
import { TimestampSchema } from '../../ground/core/index.ts'
import { ignored, reading, type ReadPayload, subjectNamed, told, unreadable } from '../../ground/intake/index.ts'
import type { AlertSettings } from './settings.ts'

/** What Go writes for a moment that is not set; as an end it says that an alert still fires. */
const NOT_SET = '0001-01-01T00:00:00.000Z'
const Labels = z.record(z.string().max(1_000), z.string().max(10_000))

const Alert = z
  .looseObject({
    status: z.enum(['firing', 'resolved']),
    labels: Labels,
    annotations: Labels.default({}),
    startsAt: TimestampSchema,
    endsAt: TimestampSchema.nullish(),
    generatorURL: z.string().nullish(),
    fingerprint: z.string().min(1).max(200),
  })
  .superRefine(({ status, labels, annotations, startsAt, endsAt }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (startsAt === NOT_SET) refuse(['startsAt'], 'an alert says when it began')
    if (status === 'resolved' && (!endsAt || endsAt === NOT_SET)) refuse(['endsAt'], 'a resolved alert says when it ended')
    if (!annotations.summary && !labels.alertname) refuse(['labels', 'alertname'], 'an alert has a name or a summary')
  })
type Alert = z.infer<typeof Alert>

/** A group of alerts, in any version of the format that says the same. */
export const Group = z.looseObject({ alerts: z.array(Alert).max(10_000) })

/** One group of alerts, each an incident or an event by its severity; what is resolved is over. */
export function readAlerts(source: string, group: typeof Group, body: unknown, settings: AlertSettings): ReadPayload {
  return reading(group, ({ alerts }): ReadPayload => {
    if (alerts.length === 0) return ignored('A group without alerts says nothing.')
    // An alert without a component is refused on its own: the others of its group are kept.
    return { lines: alerts.flatMap((alert, index) => readAlert(source, alert, index, settings).lines) }
  })(body)
}

function readAlert(source: string, alert: Alert, index: number, settings: AlertSettings): ReadPayload {
  const { labels, annotations, startsAt } = alert
  const { severity } = labels
  const name = settings.subjectLabels.map((label) => labels[label]?.trim()).find(Boolean)
  if (!name) return noSubject(index, settings.subjectLabels)
  const endsAt = alert.status === 'resolved' ? alert.endsAt! : undefined
  const title = annotations.summary || labels.alertname!
  const common = {
    source,
    // One alert that fires again has the same fingerprint, but begins anew.
    id: `${alert.fingerprint}/${startsAt}`,
    subject: subjectNamed(name, settings.subjects),
    at: endsAt ?? startsAt,
  }
  if (!severity || !settings.incidentSeverities.some((one) => one.toLowerCase() === severity.toLowerCase()))
    return told({
      ...common,
      kind: 'event',
      type: `${source}.alert`,
      data: { alert: labels.alertname, title, severity, status: alert.status, startsAt, endsAt },
    })
  const { generatorURL: url } = alert
  return told({
    ...common,
    kind: 'incident',
    title,
    alert: labels.alertname,
    severity,
    openedAt: startsAt,
    resolvedAt: endsAt,
    url: url && URL.canParse(url) ? url : undefined,
  })
}

function noSubject(index: number, labels: readonly string[]): ReadPayload {
  return unreadable({
    code: 'alert.no_component',
    path: `alerts.${index}.labels`,
    message: `The alert names no component: it has none of the labels ${labels.join(', ')}.`,
    fix: 'Give its rule one of these labels, or name another label in the settings of the connection.',
  })
}
