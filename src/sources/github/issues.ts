import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { At, numbered, Repository, subjectOf } from './shapes.ts'
import type { GitHubSettings } from './settings.ts'

const Issue = z.looseObject({
  number: z.number().int(),
  title: z.string(),
  state: z.string(),
  state_reason: z.string().nullish(),
  html_url: z.string().optional(),
  created_at: At,
  updated_at: At,
  closed_at: At.nullish(),
  type: z.looseObject({ name: z.string() }).nullish(),
  labels: z.array(z.looseObject({ name: z.string() })).default([]),
  pull_request: z.unknown().optional(),
})

const Payload = z.looseObject({ action: z.string(), issue: Issue, repository: Repository })

/** `issues`: a work item as it stands after the event; with a label for it, an incident as well. */
export function readIssue(body: unknown, { incidentLabels }: GitHubSettings): ReadPayload {
  return reading(Payload, ({ action, issue, repository }): ReadPayload => {
    if (issue.pull_request !== undefined) return ignored('A pull request is told by its own events.')
    if (action === 'deleted' || action === 'transferred') return ignored(`An issue that was ${action} stays as it was last told.`)
    const labels = issue.labels.map(({ name }) => name)
    const common = {
      source: 'github',
      id: numbered(repository, issue.number),
      subject: subjectOf(repository),
      at: issue.updated_at,
      title: issue.title,
      url: issue.html_url,
    }
    const item = {
      ...common,
      kind: 'work_item',
      type: issue.type?.name.toLowerCase(),
      state: issue.state === 'open' ? 'open' : issue.state_reason === 'not_planned' ? 'cancelled' : 'done',
      createdAt: issue.created_at,
      // An issue that was opened again is not done any more: null says so.
      doneAt: issue.closed_at ?? null,
      labels,
    }
    if (!labels.some((label) => incidentLabels.includes(label))) return told(item)
    return told(item, { ...common, kind: 'incident', openedAt: issue.created_at, resolvedAt: issue.closed_at ?? null })
  })(body)
}
