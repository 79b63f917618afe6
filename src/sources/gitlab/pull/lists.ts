import * as z from 'zod'
import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import { type Payload, type Remote, type RemoteAnswer, shaped } from '../../../ground/intake/index.ts'
import type { GitLabSettings } from '../settings.ts'
import { Account, At, type Project } from '../shapes.ts'

/** One thing on a list, as it came. */
type Item = Record<string, unknown>

interface Around {
  project: Project
  /** `/projects/12`. */
  path: string
  settings: GitLabSettings
  remote: Remote
  /** Tiers of environments that were met, by number; kept from page to page. */
  tiers: Record<string, string | null>
}

/** A list of a project: where it is, and which webhook would have told what stands on it. */
export interface List {
  /** Below the project; newest first. */
  path(since: Instant): string
  /** Names of the moment the list is sorted by. */
  sortedBy: readonly string[]
  /** The project's setting that turns it off. */
  feature: string
  /** What people call it. */
  title: string
  payloads(item: Item, around: Around): Promise<Payload[]>
}

/** Lists that take further requests for each thing on them have small pages. */
const FEW = 'per_page=20'
const MANY = 'per_page=100'
const updatedAfter = (since: Instant) => `order_by=updated_at&sort=desc&updated_after=${formatInstant(since)}`
/** What ended, in the words of deployments and pipelines. */
const ENDED = new Set(['success', 'failed', 'canceled'])

const Id = z.number().int().positive()
const Labels = z.array(z.string()).default([])
const labelled = (labels: readonly string[]) => labels.map((title) => ({ title }))

const MergeRequest = z.looseObject({ iid: Id, web_url: z.string().nullish(), labels: Labels, author: Account.nullish() })
const Approvals = z.looseObject({
  approvals_required: z.number().int().nullish(),
  approvals_left: z.number().int().nullish(),
  approved_by: z.array(z.looseObject({ user: Account, approved_at: At.nullish() })).default([]),
})
const Deployment = z.looseObject({
  id: Id,
  status: z.string(),
  sha: z.string(),
  updated_at: z.unknown(),
  environment: z.looseObject({ id: Id, name: z.string() }),
  deployable: z.looseObject({ started_at: z.unknown(), finished_at: z.unknown(), web_url: z.string().nullish() }).nullish(),
})
const Pipeline = z.looseObject({ id: Id, status: z.string() })
const Release = z.looseObject({ tag_name: z.string(), upcoming_release: z.boolean().nullish() })
const Issue = z.looseObject({
  issue_type: z.string().nullish(),
  web_url: z.string().nullish(),
  labels: Labels,
  _links: z.looseObject({ closed_as_duplicate_of: z.string().nullish() }).nullish(),
})
const Environment = z.looseObject({ tier: z.string().nullish() })
const Items = z.array(z.looseObject({}))

/** The lists that are read, by the name they have in `streams`. */
export const LISTS: Record<string, List> = {
  merge_requests: {
    title: 'merge requests',
    path: (since) => `/merge_requests?scope=all&state=all&${updatedAfter(since)}&${FEW}`,
    sortedBy: ['updated_at'],
    feature: 'merge_requests_access_level',
    async payloads(item, { project, path, remote }) {
      const request = MergeRequest.safeParse(item)
      if (!request.success) return [{ event: 'merge_request', body: { project, object_attributes: item } }]
      const { iid, labels, web_url: url, author } = request.data
      const attributes = { ...item, url, author_id: author?.id }
      const body = { project, labels: labelled(labels), object_attributes: attributes }
      const approvals = await approvalsOf(`${path}/merge_requests/${iid}`, remote)
      return [
        { event: 'merge_request', body },
        ...approvals.map(({ user, at, action }) => ({
          event: 'merge_request',
          body: { ...body, user, object_attributes: { ...attributes, action } },
          receivedAt: at,
        })),
      ]
    },
  },
  deployments: {
    title: 'deployments',
    path: (since) => `/deployments?${updatedAfter(since)}&${FEW}`,
    sortedBy: ['updated_at'],
    feature: 'environments_access_level',
    async payloads(item, around) {
      const read = Deployment.safeParse(item)
      if (!read.success) return [{ event: 'deployment', body: unreadDeployment(item, around.project) }]
      const { id, status, sha, environment, deployable, updated_at: updatedAt } = read.data
      if (!ENDED.has(status)) return []
      return [
        {
          event: 'deployment',
          body: {
            status,
            status_changed_at: item.finished_at ?? deployable?.finished_at ?? updatedAt,
            started_at: deployable?.started_at,
            deployment_id: id,
            deployable_url: deployable?.web_url,
            environment: environment.name,
            environment_tier: await tierOf(environment.id, around),
            short_sha: sha,
            project: around.project,
          },
        },
      ]
    },
  },
  pipelines: {
    title: 'pipelines',
    path: (since) => `/pipelines?${updatedAfter(since)}&${FEW}`,
    sortedBy: ['updated_at'],
    feature: 'builds_access_level',
    async payloads(item, { project, path, remote, settings: { deployJobs } }) {
      const read = Pipeline.safeParse(item)
      if (!read.success) return [{ event: 'pipeline', body: { project, object_attributes: item } }]
      const { id, status } = read.data
      // Jobs of one that goes on may have deployed already.
      if (!ENDED.has(status) && deployJobs.length === 0) return []
      // The list does not say when it ended.
      const answer = await remote.get(`${path}/pipelines/${id}`, { allow: [404] }) // deleted since it was listed
      if (answer.status === 404) return []
      const builds = deployJobs.length === 0 ? [] : await all(`${path}/pipelines/${id}/jobs?include_retried=true&${MANY}`, remote)
      return [{ event: 'pipeline', body: { project, object_attributes: shaped(Pipeline, answer), builds } }]
    },
  },
  releases: {
    title: 'releases',
    path: () => `/releases?order_by=released_at&sort=desc&${MANY}`,
    sortedBy: ['released_at', 'created_at'],
    feature: 'releases_access_level',
    async payloads(item, { project }) {
      const { tag_name: tag, upcoming_release: isUpcoming } = Release.safeParse(item).data ?? {}
      return isUpcoming ? [] : [{ event: 'release', body: { ...item, action: 'create', tag, project } }]
    },
  },
  issues: {
    title: 'issues',
    path: (since) => `/issues?scope=all&state=all&${updatedAfter(since)}&${MANY}`,
    sortedBy: ['updated_at'],
    feature: 'issues_access_level',
    async payloads(item, { project }) {
      const read = Issue.safeParse(item)
      if (!read.success) return [{ event: 'issue', body: { project, object_attributes: item } }]
      const { issue_type: type, web_url: url, labels, _links: links } = read.data
      const duplicate = /\/(\d+)$/.exec(links?.closed_as_duplicate_of ?? '')?.[1]
      const attributes = { ...item, type, url, ...(duplicate ? { duplicated_to_id: Number(duplicate) } : {}) }
      return [{ event: 'issue', body: { project, labels: labelled(labels), object_attributes: attributes } }]
    },
  },
}

/** Who approved when: told like the events that would have come then. Older instances do not say when, which leaves it unknown. */
async function approvalsOf(path: string, remote: Remote) {
  const answer = await remote.get(`${path}/approvals`, { allow: [403, 404] })
  if (answer.status >= 400) return []
  const { approved_by: by, approvals_required: required, approvals_left: left } = shaped(Approvals, answer)
  const dated = by.flatMap(({ user, approved_at: at }) => (at ? [{ user, at: Date.parse(at) }] : [])).sort((a, b) => a.at - b.at)
  // With the last of those required there are enough; whose were withdrawn is not listed any more.
  const enough = (left ?? 0) > 0 ? Infinity : Math.max(1, required ?? 1)
  return dated.map((one, index) => ({ ...one, action: index + 1 >= enough ? 'approved' : 'approval' }))
}

/** What is there under its names, so that the reader says what is wrong with it. */
function unreadDeployment(item: Item, project: Project): Item {
  return { ...item, status_changed_at: item.updated_at, deployment_id: item.id, short_sha: item.sha, project }
}

/** The list of deployments names the environment without its tier. */
async function tierOf(id: number, { path, remote, tiers }: Around): Promise<string | null> {
  if (!(id in tiers)) {
    const answer = await remote.get(`${path}/environments/${id}`, { allow: [403, 404] })
    tiers[id] = answer.status < 300 ? (shaped(Environment, answer).tier ?? null) : null
  }
  return tiers[id]!
}

/** All pages of a short list. */
async function all(first: string, remote: Remote): Promise<Item[]> {
  const found: Item[] = []
  for (let next: string | null = first; next !== null;) {
    const answer: RemoteAnswer = await remote.get(next)
    found.push(...shaped(Items, answer))
    next = answer.link('next')
  }
  return found
}
