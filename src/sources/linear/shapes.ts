import * as z from 'zod'

/** RFC 3339, as Linear writes all its moments. */
export const At = z.string().max(40)
const Id = z.string().min(1).max(200)
const Named = z.looseObject({ name: z.string().max(2_000) })

/** A list as webhooks give it, or a connection as GraphQL does. */
function nodesOf<T extends z.ZodType>(item: T): z.ZodType<z.output<T>[]> {
  const list = z.array(item).max(1_000)
  return z.union([list, z.looseObject({ nodes: list }).transform(({ nodes }) => nodes)])
}

const lifetime = {
  id: Id,
  url: z.string().max(2_000).nullish(),
  createdAt: At,
  updatedAt: At,
  startedAt: At.nullish(),
  completedAt: At.nullish(),
  canceledAt: At.nullish(),
  // Archived says nothing of an end, unless it lies in the bin.
  archivedAt: At.nullish(),
  trashed: z.boolean().nullish(),
  labels: nodesOf(Named).nullish(),
}

/** An issue as webhooks (`IssueWebhookPayload`) and GraphQL (`Issue`) give it. */
export const Issue = z.looseObject({
  ...lifetime,
  identifier: z.string().regex(/^[A-Za-z0-9_]{1,50}-\d{1,18}$/, 'an issue has an identifier such as ENG-12'),
  title: z.string(),
  state: z.looseObject({ type: z.enum(['triage', 'backlog', 'unstarted', 'started', 'completed', 'canceled', 'duplicate']) }),
  previousIdentifiers: z.array(z.string().max(100)).max(100).nullish(),
  estimate: z.number().nullish(),
  // Webhooks name what is above by id, GraphQL as an object.
  parentId: Id.nullish(),
  parent: z.looseObject({ id: Id }).nullish(),
  projectId: Id.nullish(),
  project: z.looseObject({ id: Id }).nullish(),
  cycleId: Id.nullish(),
  cycle: z.looseObject({ number: z.number().nullish(), name: z.string().max(2_000).nullish() }).nullish(),
})
export type Issue = z.infer<typeof Issue>

/** A project as webhooks (`ProjectWebhookPayload`) and GraphQL (`Project`) give it. */
export const Project = z.looseObject({
  ...lifetime,
  name: z.string(),
  status: z.looseObject({ type: z.enum(['backlog', 'planned', 'started', 'paused', 'completed', 'canceled']) }),
  initiatives: nodesOf(Named).nullish(),
})
export type Project = z.infer<typeof Project>

/** What every change of data is told with. */
export const event = { action: z.string().max(100), createdAt: At }
