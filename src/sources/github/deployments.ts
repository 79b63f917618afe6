import { ownEntry } from '../../ground/core/index.ts'
import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { At, Repository, subjectOf } from './shapes.ts'
import type { GitHubSettings } from './settings.ts'

const OUTCOMES: Record<string, 'success' | 'failure' | 'cancelled'> = {
  success: 'success',
  failure: 'failure',
  error: 'failure',
  timed_out: 'failure',
  startup_failure: 'failure',
  cancelled: 'cancelled',
}

/** `deployment_status`: a deployment, once it has ended. */
export const readDeploymentStatus = reading(
  z.looseObject({
    deployment_status: z.looseObject({
      state: z.string(),
      created_at: At,
      target_url: z.string().nullish(),
      log_url: z.string().nullish(),
    }),
    deployment: z.looseObject({
      id: z.number().int(),
      sha: z.string(),
      environment: z.string(),
      production_environment: z.boolean().optional(),
      created_at: At,
    }),
    repository: Repository,
  }),
  ({ deployment_status: status, deployment, repository }): ReadPayload => {
    const outcome = ownEntry(OUTCOMES, status.state)
    if (!outcome) return ignored(`A deployment that is "${status.state}" has not ended.`)
    const { environment, production_environment: isProduction } = deployment
    return told({
      kind: 'deployment',
      source: 'github',
      id: String(deployment.id),
      subject: subjectOf(repository),
      at: status.created_at,
      environment: isProduction ? 'production' : environment,
      environmentName: isProduction && environment !== 'production' ? environment : undefined,
      commit: deployment.sha,
      startedAt: deployment.created_at,
      finishedAt: status.created_at,
      outcome,
      url: addressOf(status.log_url) ?? addressOf(status.target_url),
    })
  },
)

const WorkflowRun = z.looseObject({
  action: z.string(),
  workflow_run: z.looseObject({
    id: z.number().int(),
    run_attempt: z.number().int().default(1),
    name: z.string().nullish(),
    head_sha: z.string(),
    head_branch: z.string().nullish(),
    event: z.string().optional(),
    conclusion: z.string().nullish(),
    run_started_at: At.optional(),
    updated_at: At,
    html_url: z.string().optional(),
  }),
  repository: Repository,
})

/** `workflow_run`: a deployment where the settings name the workflow, otherwise an event of the repository. */
export function readWorkflowRun(body: unknown, { deployWorkflows }: GitHubSettings): ReadPayload {
  return reading(WorkflowRun, ({ action, workflow_run: run, repository }): ReadPayload => {
    if (action !== 'completed' || !run.conclusion) return ignored('A workflow run that goes on says nothing yet.')
    const common = { source: 'github', subject: subjectOf(repository), at: run.updated_at }
    if (!run.name || !deployWorkflows.includes(run.name))
      return told({
        ...common,
        kind: 'event',
        id: `workflow_run/${run.id}/${run.run_attempt}`,
        type: 'github.workflow_run',
        data: {
          workflow: run.name,
          commit: run.head_sha,
          branch: run.head_branch,
          trigger: run.event,
          conclusion: run.conclusion,
          startedAt: run.run_started_at,
        },
      })
    const outcome = ownEntry(OUTCOMES, run.conclusion)
    if (!outcome) return ignored(`A run that ended as "${run.conclusion}" deployed nothing.`)
    return told({
      ...common,
      kind: 'deployment',
      id: `workflow_run/${run.id}/${run.run_attempt}`,
      commit: run.head_sha,
      startedAt: run.run_started_at,
      finishedAt: run.updated_at,
      outcome,
      url: addressOf(run.html_url),
    })
  })(body)
}

function addressOf(url: string | null | undefined): string | undefined {
  return url && URL.canParse(url) ? url : undefined
}
