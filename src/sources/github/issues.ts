import * as z from 'zod'
import { formatInstant, type Instant } from '../../ground/core/index.ts'
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

/** An issue in another repository, by which both are found. */
const Elsewhere = { issue: z.looseObject({ number: z.number().int() }).nullish(), repository: Repository.nullish() }
const Payload = z.looseObject({
  action: z.string(),
  issue: Issue,
  repository: Repository,
  changes: z
    .looseObject({
      new_issue: Elsewhere.issue,
      new_repository: Elsewhere.repository,
      old_issue: Elsewhere.issue,
      old_repository: Elsewhere.repository,
    })
    .nullish(),
})

/**
 * `issues`: a work item as it stands after the event; with a label for it, an incident as well. One that was deleted while it
 * was open will not be done; one that was transferred ends here and goes on under its new name, which answers to the old one.
 * GitHub does not say when either was: that is when the event came.
 */
export function readIssue(body: unknown, { incidentLabels }: GitHubSettings, receivedAt?: Instant): ReadPayload {
  return reading(Payload, ({ action, issue, repository, changes }): ReadPayload => {
    if (issue.pull_request !== undefined) return ignored('A pull request is told by its own events.')
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
    const end = receivedAt === undefined ? issue.updated_at : formatInstant(receivedAt)
    const ended = { ...item, at: end, state: 'cancelled', doneAt: end }
    if (action === 'deleted')
      return issue.state === 'open' ? told({ ...ended, deleted: true }) : ignored('An issue that had ended stays as it was.')
    const movedTo = nameOf(changes?.new_repository, changes?.new_issue)
    if (action === 'transferred')
      return movedTo ? told({ ...ended, refs: [movedTo], movedTo }) : ignored('An issue that was transferred is told where it is now.')
    const former = nameOf(changes?.old_repository, changes?.old_issue)
    const known = former ? { ...item, aliases: [former] } : item
    if (!labels.some((label) => incidentLabels.includes(label))) return told(known)
    return told(known, {
      ...common,
      kind: 'incident',
      openedAt: issue.created_at,
      resolvedAt: issue.closed_at ?? null,
      aliases: former ? [`github/${former}`] : undefined,
    })
  })(body)
}

function nameOf(repository: Repository | null | undefined, issue: { number: number } | null | undefined): string | undefined {
  return repository && issue ? numbered(repository, issue.number) : undefined
}
