import * as z from 'zod'
import type { Ref } from '../../ground/core/index.ts'
import { reading, type ReadPayload, subjectNamed, told } from '../../ground/intake/index.ts'
import { binnedAt, lifetimeOf, removed } from './lifetime.ts'
import { projectId } from './projects.ts'
import type { LinearSettings } from './settings.ts'
import { event, Issue } from './shapes.ts'

const Payload = z.looseObject({
  ...event,
  data: Issue,
  // Of the former values only whether the team was another one matters.
  updatedFrom: z.looseObject({ teamId: z.string().nullish() }).nullish(),
})

type LinearRecord = Record<string, unknown>

/** `Issue`: the issue as it stands after the event, and what became of its identifiers in other teams. */
export function readIssueEvent(body: unknown, settings: LinearSettings): ReadPayload {
  return reading(Payload, ({ action, createdAt, data: issue, updatedFrom }): ReadPayload => {
    const moved = updatedFrom?.teamId ? formerOf(issue) : []
    const records = issueRecords(issue, settings).map((record) => (moved.length > 0 ? arrived(record) : record))
    const binned = binnedAt(action, createdAt, issue)
    const standing = binned === null ? records : records.map((record) => removed(record, binned))
    return told(...standing, ...moved.map((former) => movedAway(issue, former, settings, createdAt)))
  })(body)
}

/** An issue as records, as webhook and GraphQL both tell it: a work item; of the right label, an incident as well. */
export function issueRecords(issue: Issue, settings: LinearSettings): LinearRecord[] {
  const lifetime = lifetimeOf(issue.state.type, issue)
  const labels = issue.labels?.map(({ name }) => name)
  const common = { ...commonOf(issue, issue.identifier, settings), at: issue.updatedAt }
  const former = formerOf(issue)
  const parent = issue.parent?.id ?? issue.parentId
  const project = issue.project?.id ?? issue.projectId
  const { cycle } = issue
  const isInNone = cycle === null || (cycle === undefined && issue.cycleId === null)
  const item: LinearRecord = {
    ...common,
    kind: 'work_item',
    ...lifetime,
    createdAt: issue.createdAt,
    parent: parent ?? (project ? projectId(project) : null),
    labels,
    points: issue.estimate,
    // Sub-issues name the issue above by its id.
    aliases: [issue.id, ...former],
    cycle: cycle?.name ?? cycle?.number?.toString(),
    none: ['deleted', ...(isInNone ? ['cycle'] : [])],
  }
  const names = settings.incidentLabels.map((name) => name.toLowerCase())
  if (!labels?.some((label) => names.includes(label.toLowerCase()))) return [item]
  return [
    item,
    {
      ...common,
      kind: 'incident',
      openedAt: issue.createdAt,
      resolvedAt: lifetime.doneAt,
      aliases: former.length > 0 ? former.map((identifier) => `linear/${identifier}`) : undefined,
    },
  ]
}

/** An issue that comes back to an identifier it had: what was said when it left does not hold any more. */
function arrived(record: LinearRecord): LinearRecord {
  return record.kind === 'work_item' ? { ...record, refs: [], none: [...(record.none as string[]), 'movedTo'] } : record
}

/** The record under the identifier an issue had in another team: it ends there and leads on to the new one. */
function movedAway(issue: Issue, former: string, settings: LinearSettings, at: string): LinearRecord {
  return {
    ...commonOf(issue, former, settings),
    kind: 'work_item',
    at,
    state: 'cancelled',
    createdAt: issue.createdAt,
    doneAt: at,
    refs: [issue.identifier],
    aliases: null,
    movedTo: issue.identifier,
  }
}

function commonOf(issue: Issue, identifier: string, settings: LinearSettings): LinearRecord {
  return { source: 'linear', id: identifier, subject: subjectOf(identifier, settings), title: issue.title, url: issue.url ?? undefined }
}

/** Identifiers it had in other teams. */
function formerOf({ identifier, previousIdentifiers }: Issue): string[] {
  return (previousIdentifiers ?? []).filter((former) => former !== identifier && former !== '')
}

/** By the key of its team, which is the first part of its identifier. */
function subjectOf(identifier: string, { teams }: LinearSettings): Ref {
  return subjectNamed(identifier.slice(0, identifier.lastIndexOf('-')), teams)
}
