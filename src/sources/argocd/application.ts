import * as z from 'zod'
import { TimestampSchema } from '../../ground/core/index.ts'
import { ignored, reading, type ReadPayload, subjectNamed, told } from '../../ground/intake/index.ts'
import type { ArgoCdSettings } from './settings.ts'

/** What the template writes for a field that an application does not have. */
const orAbsent = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional())

/** An application as the template of the steps tells it, whatever made Argo CD send it. */
export const Application = z.looseObject({
  app: z.string().min(1).max(250),
  namespace: z.string().min(1).max(250),
  labels: z.record(z.string().max(400), z.string().max(400)).nullish(),
  phase: orAbsent(z.string().max(100)),
  startedAt: orAbsent(TimestampSchema),
  finishedAt: orAbsent(TimestampSchema),
  revision: orAbsent(z.string().max(500)),
  revisions: z.array(z.string().max(500)).max(100).nullish(),
  health: orAbsent(z.string().max(100)),
  healthSince: orAbsent(TimestampSchema),
  images: z.array(z.string().max(1_000)).max(10_000).nullish(),
  sentAt: TimestampSchema,
})
type Application = z.infer<typeof Application>

const OUTCOMES: ReadonlyMap<string | undefined, 'success' | 'failure'> = new Map([
  ['Succeeded', 'success'],
  ['Failed', 'failure'],
  ['Error', 'failure'],
])
const COMMIT = /^[0-9a-f]{7,64}$/i

/** The last sync, once it has ended, as a deployment; and that the application is degraded, as an incident. */
export function readApplication(body: unknown, settings: ArgoCdSettings): ReadPayload {
  return reading(Application, (application): ReadPayload => {
    const records = [...syncOf(application, settings), ...degradedOf(application, settings)]
    const { phase = 'not begun', health = 'not known' } = application
    return records.length > 0
      ? told(...records)
      : ignored(`A sync that is "${phase}" has not ended; a health that is "${health}" is no incident.`)
  })(body)
}

function syncOf(application: Application, settings: ArgoCdSettings): Record<string, unknown>[] {
  const { app, namespace, phase, startedAt, finishedAt, revision, labels } = application
  const outcome = OUTCOMES.get(phase)
  if (!outcome || !startedAt || !finishedAt) return []
  const common = {
    source: 'argocd',
    // An application is synced once at a time: when a sync began names it, however often it is told.
    id: `${namespace}/${app}/${startedAt}`,
    subject: subjectNamed(app, settings.subjects),
    at: finishedAt,
  }
  const commit = commitOf(application, settings)
  if (!commit) return [{ ...common, kind: 'event', type: 'argocd.sync', data: { app, namespace, phase, revision, startedAt, finishedAt } }]
  return [
    {
      ...common,
      kind: 'deployment',
      commit,
      environment: labels?.[settings.environmentLabel] || undefined,
      startedAt,
      finishedAt,
      outcome,
      artifact: application.images?.find((image) => image.length <= 2_000),
    },
  ]
}

/** Once a sync: an application that falters again after the same sync is the same incident, opened when it first was. */
function degradedOf(application: Application, { subjects }: ArgoCdSettings): Record<string, unknown>[] {
  const { app, namespace, health, healthSince, startedAt, sentAt, revision } = application
  if (health !== 'Degraded') return []
  const openedAt = healthSince ?? sentAt
  return [
    {
      kind: 'incident',
      source: 'argocd',
      id: `${namespace}/${app}/${startedAt ?? openedAt}`,
      subject: subjectNamed(app, subjects),
      at: openedAt,
      title: `${app} is degraded`,
      openedAt,
      revision,
      assumed: ['openedAt'],
    },
  ]
}

/** The commit that runs: the tag of the image the settings name, otherwise the revision that was synced; a chart's version is none. */
function commitOf({ revision, revisions, images }: Application, { commitFromImage: wanted }: ArgoCdSettings): string | undefined {
  if (wanted === undefined) return [revision, ...(revisions ?? [])].find((one) => one !== undefined && COMMIT.test(one))
  const tag = images?.find((image) => image.startsWith(`${wanted}:`))?.slice(wanted.length + 1)
  const commit = tag?.split('@')[0]?.replace(/^sha-/, '')
  return commit && COMMIT.test(commit) ? commit : undefined
}
