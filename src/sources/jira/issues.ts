import * as z from 'zod'
import { type Ref, toRef } from '../../ground/core/index.ts'
import { reading, type ReadPayload, refFrom, subjectNamed, told } from '../../ground/intake/index.ts'
import type { JiraSettings } from './settings.ts'
import { Issue, Key, Milliseconds } from './shapes.ts'

const Payload = z.looseObject({
  webhookEvent: z.string(),
  timestamp: Milliseconds,
  issue: Issue,
  // `toString` of an item is never asked for: every object has one.
  changelog: z.looseObject({ items: z.array(z.looseObject({ field: z.string(), fromString: z.string().nullish() })).max(1_000) }).nullish(),
})

/** `jira:issue_created`, `…updated` and `…deleted`: the issue as it stands after the event, and what became of an old key. */
export function readIssueEvent(body: unknown, settings: JiraSettings): ReadPayload {
  return reading(Payload, ({ webhookEvent, timestamp, issue, changelog }): ReadPayload => {
    const changed = (field: string) => changelog?.items.filter((item) => item.field.toLowerCase() === field) ?? []
    const formerKeys = changed('key').flatMap(({ fromString }) => {
      const read = Key.safeParse(fromString)
      return read.success && read.data !== issue.key ? [read.data] : []
    })
    const records = recordsOf(issue, settings, { formerKeys, statusChangedAt: changed('status').length > 0 ? timestamp : undefined })
    if (webhookEvent === 'jira:issue_deleted') return told(...records.map((record) => deleted(record, timestamp)))
    return told(...records, ...formerKeys.map((key) => movedAway(issue, key, settings, timestamp)))
  })(body)
}

/** What is known of an issue beside the issue itself. */
interface Beside {
  /** Keys it had before it was moved. */
  formerKeys?: readonly string[]
  /** When it came into its status, where the issue does not say. */
  statusChangedAt?: string | undefined
}

/** An issue as records, as webhook and REST both tell it: a work item; of the right label or type, an incident as well. */
export function recordsOf(issue: Issue, settings: JiraSettings, { formerKeys = [], statusChangedAt }: Beside = {}): JiraRecord[] {
  const { key, fields } = issue
  const state = stateOf(issue, settings)
  const changedAt = fields.statuscategorychangedate ?? statusChangedAt
  // An issue that was opened again is not done any more: null says so.
  const doneAt = state === 'open' ? null : (fields.resolutiondate ?? changedAt)
  const startedAt = fields.status.statusCategory.key === 'indeterminate' ? changedAt : undefined
  const common = { ...commonOf(issue, key, settings), at: fields.updated }
  const item: JiraRecord = {
    ...common,
    kind: 'work_item',
    type: fields.issuetype?.name.toLowerCase(),
    state,
    createdAt: fields.created,
    startedAt,
    doneAt,
    parent: parentOf(issue, settings),
    labels: fields.labels,
    refs: outcomesOf(issue, settings),
    ...(formerKeys.length > 0 ? arrived(issue, settings, formerKeys) : {}),
    // It was in progress by then; of several such moments the earliest stands.
    assumed: startedAt === undefined ? undefined : ['startedAt'],
  }
  const names = settings.incidentNames.map((name) => name.toLowerCase())
  if (![...(fields.labels ?? []), fields.issuetype?.name ?? ''].some((name) => names.includes(name.toLowerCase()))) return [item]
  return [
    item,
    {
      ...common,
      kind: 'incident',
      severity: fields.priority?.name,
      openedAt: fields.created,
      resolvedAt: doneAt,
      aliases: formerKeys.length > 0 ? formerKeys.map((former) => `jira/${former}`) : undefined,
    },
  ]
}

type JiraRecord = Record<string, unknown>

function commonOf(issue: Issue, key: string, settings: JiraSettings): JiraRecord {
  return { source: 'jira', id: key, subject: subjectOf(key, settings), title: issue.fields.summary, url: urlOf(issue, key) }
}

/** It answers to its former keys; and if it comes back to a key it had, what was said when it left that key does not hold any more. */
function arrived(issue: Issue, settings: JiraSettings, formerKeys: readonly string[]): JiraRecord {
  return { aliases: [...formerKeys], refs: outcomesOf(issue, settings) ?? [], none: ['movedTo'] }
}

/** An issue that was deleted while it was open will not be done; one that was done was done. */
function deleted(record: JiraRecord, at: string): JiraRecord {
  if (record.kind !== 'work_item' || record.state !== 'open') return record
  return { ...record, at, state: 'cancelled', doneAt: at, deleted: true }
}

/** The record under the key an issue had in another project: it ends there and leads on to the new key. */
function movedAway(issue: Issue, formerKey: string, settings: JiraSettings, at: string): JiraRecord {
  return {
    ...commonOf(issue, formerKey, settings),
    kind: 'work_item',
    at,
    state: 'cancelled',
    createdAt: issue.fields.created,
    doneAt: at,
    refs: [issue.key],
    aliases: null,
    movedTo: issue.key,
  }
}

/** Jira sorts all statuses into three categories: new, indeterminate (in progress) and done. */
function stateOf({ fields: { status, resolution } }: Issue, { droppedNames }: JiraSettings): 'open' | 'done' | 'cancelled' {
  if (status.statusCategory.key !== 'done') return 'open'
  const dropped = droppedNames.map((name) => name.toLowerCase())
  return [status.name, resolution?.name ?? ''].some((name) => dropped.includes(name.toLowerCase())) ? 'cancelled' : 'done'
}

function subjectOf(key: string, { projects }: JiraSettings): Ref {
  return subjectNamed(key.slice(0, key.lastIndexOf('-')), projects)
}

/** The issue above it; where there is none any more, null says so. */
function parentOf({ fields }: Issue, { epicField }: JiraSettings): string | null {
  const epic = epicField ? Key.safeParse(fields[epicField]) : null
  return fields.parent?.key ?? (epic?.success ? epic.data : null)
}

/** Outcomes named by the field for it: texts, choices, or lists of them. */
function outcomesOf({ fields }: Issue, { outcomeField }: JiraSettings): Ref[] | undefined {
  if (!outcomeField || fields[outcomeField] === undefined) return undefined
  const given = fields[outcomeField]
  return (Array.isArray(given) ? given.slice(0, 100) : [given]).flatMap((value: unknown) => {
    const name = Choice.safeParse(value)
    if (!name.success || !name.data.trim()) return []
    const ref = toRef(name.data, { kind: 'outcome' })
    return [ref.ok && ref.value.startsWith('outcome:') ? ref.value : refFrom('outcome', name.data)]
  })
}

const Choice = z.union([
  z.string(),
  z.looseObject({ value: z.string() }).transform(({ value }) => value),
  z.looseObject({ name: z.string() }).transform(({ name }) => name),
])

/** Where people see it, on the server its own address names. The API gateway of Cloud has no such page. */
function urlOf({ self }: Issue, key: string): string | undefined {
  const address = self && URL.canParse(self) ? new URL(self) : null
  if (!address || !/^https?:$/.test(address.protocol) || address.hostname === 'api.atlassian.com') return undefined
  return `${address.origin}${address.pathname.replace(/\/rest\/.*$/s, '')}/browse/${key}`
}
