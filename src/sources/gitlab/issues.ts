import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import type { GitLabSettings } from './settings.ts'
import { addressOf, At, Iid, Labels, placeOf, Project, subjectOf } from './shapes.ts'

const Event = z.looseObject({
  /** An epic belongs to a group and has no project. */
  project: Project.nullish(),
  labels: Labels,
  object_attributes: z.looseObject({
    iid: Iid,
    action: z.string().nullish(),
    title: z.string(),
    type: z.string().nullish(),
    state: z.string(),
    confidential: z.boolean().nullish(),
    severity: z.string().nullish(),
    url: z.string().nullish(),
    created_at: At,
    updated_at: At,
    closed_at: At.nullish(),
    moved_to_id: z.number().nullish(),
    duplicated_to_id: z.number().nullish(),
  }),
})

/** `issue` and `work_item`: a work item as it stands after the event; an incident as well, by its type or a label. */
export function readIssue(body: unknown, { incidentLabels }: GitLabSettings): ReadPayload {
  return reading(Event, ({ project, labels: stuck, object_attributes: issue }): ReadPayload => {
    if (!project) return ignored('An epic belongs to a group, not to a repository.')
    if (issue.confidential) return ignored('A confidential issue is for those it was written for.')
    const labels = stuck.map(({ title }) => title)
    const isOpen = issue.state === 'opened'
    // It is over here, and goes on elsewhere.
    const goesOn = (issue.moved_to_id ?? null) !== null || (issue.duplicated_to_id ?? null) !== null
    // An issue that was opened again has no end any more: null says so. Older instances do not say when one was closed.
    const endedAt = isOpen ? null : (issue.closed_at ?? (issue.action === 'close' ? issue.updated_at : undefined))
    const common = {
      source: 'gitlab',
      id: `${placeOf(project)}#${issue.iid}`,
      subject: subjectOf(project),
      at: issue.updated_at,
      title: issue.title,
      url: addressOf(issue.url),
    }
    const item = {
      ...common,
      kind: 'work_item',
      type: issue.type?.toLowerCase(),
      state: isOpen ? 'open' : goesOn ? 'cancelled' : 'done',
      createdAt: issue.created_at,
      doneAt: endedAt,
      labels,
    }
    const isIncident = issue.type?.toLowerCase() === 'incident' || labels.some((label) => incidentLabels.includes(label))
    if (!isIncident) return told(item)
    const severity = issue.severity && !/^unknown$/i.test(issue.severity) ? issue.severity.toLowerCase() : undefined
    return told(item, { ...common, kind: 'incident', severity, openedAt: issue.created_at, resolvedAt: endedAt })
  })(body)
}
