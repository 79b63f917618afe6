import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import type { GitLabSettings } from './settings.ts'
import { addressOf, At, placeOf, Project, subjectOf } from './shapes.ts'

type Outcome = 'success' | 'failure' | 'cancelled'
const OUTCOMES = new Map<string, Outcome>([
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancelled'],
])

/** `deployment`: a deployment, once it has ended. */
export const readDeployment = reading(
  z.looseObject({
    status: z.string(),
    status_changed_at: At,
    /** Only in what is read back. */
    started_at: At.nullish(),
    deployment_id: z.number().int(),
    deployable_url: z.string().nullish(),
    environment: z.string(),
    environment_tier: z.string().nullish(),
    short_sha: z.string(),
    commit_url: z.string().nullish(),
    project: Project,
  }),
  ({ project, environment, ...deployment }): ReadPayload => {
    const outcome = OUTCOMES.get(deployment.status)
    if (!outcome) return ignored(`A deployment that is "${deployment.status}" has not ended.`)
    const isProduction = deployment.environment_tier === 'production'
    return told({
      kind: 'deployment',
      source: 'gitlab',
      id: `deployment/${placeOf(project)}/${deployment.deployment_id}`,
      subject: subjectOf(project),
      at: deployment.status_changed_at,
      environment: isProduction ? 'production' : environment,
      environmentName: isProduction && environment !== 'production' ? environment : undefined,
      commit: commitOf(deployment.commit_url, deployment.short_sha),
      startedAt: deployment.started_at ?? undefined,
      finishedAt: deployment.status_changed_at,
      outcome,
      url: addressOf(deployment.deployable_url),
    })
  },
)

/** The payload names the whole commit in its address alone. */
function commitOf(url: string | null | undefined, short: string): string {
  const whole = /\/commit\/([0-9a-f]{40,64})$/i.exec(url ?? '')?.[1]
  return whole?.toLowerCase().startsWith(short.toLowerCase()) ? whole : short
}

const Job = z.looseObject({
  id: z.number().int(),
  name: z.string(),
  status: z.string(),
  started_at: At.nullish(),
  finished_at: At.nullish(),
})
type Job = z.infer<typeof Job>

const Pipeline = z.looseObject({
  object_attributes: z.looseObject({
    id: z.number().int(),
    name: z.string().nullish(),
    ref: z.string().nullish(),
    tag: z.boolean().nullish(),
    sha: z.string(),
    source: z.string().nullish(),
    status: z.string(),
    created_at: At,
    finished_at: At.nullish(),
  }),
  project: Project,
  builds: z.array(Job).max(10_000).default([]),
})

/** `pipeline`: an event of the repository once it has ended, and a deployment for each job that the settings name. */
export function readPipeline(body: unknown, { deployJobs }: GitLabSettings): ReadPayload {
  return reading(Pipeline, ({ object_attributes: pipeline, project, builds }): ReadPayload => {
    const common = { source: 'gitlab', subject: subjectOf(project) }
    const deployments = builds
      .filter(({ name }) => deployJobs.includes(name))
      .flatMap((job) =>
        deploymentOf(job).map((one) => ({ ...common, ...one, id: `job/${placeOf(project)}/${job.id}`, commit: pipeline.sha })),
      )
    const hasEnded = OUTCOMES.has(pipeline.status) && pipeline.finished_at
    if (!hasEnded && deployments.length === 0) return ignored(`A pipeline that is "${pipeline.status}" says nothing yet.`)
    if (!hasEnded) return told(...deployments)
    return told(...deployments, {
      ...common,
      kind: 'event',
      id: `pipeline/${placeOf(project)}/${pipeline.id}`,
      at: pipeline.finished_at,
      type: 'gitlab.pipeline',
      data: {
        pipeline: pipeline.name,
        commit: pipeline.sha,
        [pipeline.tag ? 'tag' : 'branch']: pipeline.ref,
        trigger: pipeline.source,
        conclusion: pipeline.status,
        startedAt: pipeline.created_at,
      },
    })
  })(body)
}

function deploymentOf({ status, started_at: startedAt, finished_at: finishedAt }: Job): Record<string, unknown>[] {
  const outcome = OUTCOMES.get(status)
  // A job that was skipped or never began deployed nothing.
  if (!outcome || !startedAt || !finishedAt) return []
  return [{ kind: 'deployment', at: finishedAt, startedAt, finishedAt, outcome }]
}
