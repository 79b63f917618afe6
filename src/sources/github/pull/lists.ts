import * as z from 'zod'
import { DAY, formatInstant, type Instant } from '../../../ground/core/index.ts'
import { type Payload, type Remote, type RemoteAnswer, shaped } from '../../../ground/intake/index.ts'
import type { Repository } from '../shapes.ts'

/** One thing on a list, as it came. */
type Item = Record<string, unknown>

interface Around {
  repository: Repository
  /** `/repos/acme/shop`. */
  path: string
  remote: Remote
}

/** A list of a repository: where it is, and which webhooks would have told what stands on it. */
export interface List {
  /** Below the repository; newest first. */
  path(since: Instant): string
  items(answer: RemoteAnswer): Item[]
  /** The moment the list is sorted by. */
  at(item: Item): Instant
  /** Milliseconds further back than asked, for what goes on after it was listed. */
  lookBack: number
  /** Statuses that say there is no such list here. */
  absent: readonly number[]
  payloads(item: Item, around: Around): Promise<Payload[]>
  /** The permission of a fine-grained token, as GitHub calls it. */
  permission: string
  /** In sentences. */
  title: string
}

/** How long a deployment or a run may take to its end, or to be run again, and still be met. */
const GOES_ON = 2 * DAY
const Items = z.array(z.looseObject({}))
const Id = z.number().int().positive()
const Numbered = z.looseObject({ number: Id })
const Deployment = z.looseObject({ id: Id })
const Run = z.looseObject({ id: Id, run_attempt: z.number().int().default(1) })

/** The lists that are read, by the name they have in `streams`. */
export const LISTS: Record<string, List> = {
  pulls: {
    title: 'pull requests',
    permission: 'Pull requests: read',
    // Small pages: each pull request takes two more requests.
    path: () => '/pulls?state=all&sort=updated&direction=desc&per_page=20',
    items: (answer) => shaped(Items, answer),
    at: momentIn('updated_at'),
    lookBack: 0,
    absent: [],
    async payloads(item, { repository, path, remote }) {
      const { number } = Numbered.parse(item)
      const pull = shaped(Numbered, await remote.get(`${path}/pulls/${number}`))
      const reviews = await all(`${path}/pulls/${number}/reviews?per_page=100`, remote)
      return [
        { event: 'pull_request', body: { action: 'pulled', pull_request: pull, repository } },
        ...reviews.map((review) => ({
          event: 'pull_request_review',
          body: { action: 'submitted', review, pull_request: pull, repository },
        })),
      ]
    },
  },
  deployments: {
    title: 'deployments',
    permission: 'Deployments: read',
    path: () => '/deployments?per_page=30',
    items: (answer) => shaped(Items, answer),
    at: momentIn('created_at'),
    lookBack: GOES_ON,
    absent: [],
    async payloads(deployment, { repository, path, remote }) {
      const { id } = Deployment.parse(deployment)
      const statuses = await all(`${path}/deployments/${id}/statuses?per_page=100`, remote)
      return statuses.map((status) => ({
        event: 'deployment_status',
        body: { action: 'created', deployment_status: status, deployment, repository },
      }))
    },
  },
  releases: {
    title: 'releases',
    permission: 'Contents: read',
    path: () => '/releases?per_page=100',
    items: (answer) => shaped(Items, answer),
    at: momentIn('published_at', 'created_at'),
    lookBack: 0,
    absent: [],
    payloads: async (release, { repository }) => [{ event: 'release', body: { action: 'published', release, repository } }],
  },
  runs: {
    title: 'workflow runs',
    permission: 'Actions: read',
    // Without `created`: GitHub gives 1,000 runs at most to whoever narrows the list.
    path: () => '/actions/runs?per_page=100',
    items: (answer) => shaped(z.looseObject({ workflow_runs: Items }), answer).workflow_runs,
    at: momentIn('created_at'),
    lookBack: GOES_ON,
    absent: [],
    async payloads(run, { repository, path, remote }) {
      const { id, run_attempt: attempts } = Run.parse(run)
      const earlier: Item[] = []
      for (let attempt = 1; attempt < attempts; attempt += 1) {
        const answer = await remote.get(`${path}/actions/runs/${id}/attempts/${attempt}`, { allow: [404] }) // older ones are forgotten
        if (answer.status < 300) earlier.push(shaped(Run, answer))
      }
      return [...earlier, run].map((attempt) => ({
        event: 'workflow_run',
        body: { action: 'completed', workflow_run: attempt, repository },
      }))
    },
  },
  issues: {
    title: 'issues',
    permission: 'Issues: read',
    path: (since) => `/issues?state=all&sort=updated&direction=desc&since=${formatInstant(since)}&per_page=100`,
    items: (answer) => shaped(Items, answer),
    at: momentIn('updated_at'),
    lookBack: 0,
    absent: [410], // issues are turned off in this repository
    payloads: async (issue, { repository }) => [{ event: 'issues', body: { action: 'pulled', issue, repository } }],
  },
}

/** When a thing happened; without a moment it counts as new, so that its reader says what is wrong with it. */
function momentIn(...names: readonly string[]): (item: Item) => Instant {
  return (item) => {
    const at = Date.parse(names.map((name) => item[name]).find((value) => typeof value === 'string') ?? '')
    return Number.isNaN(at) ? Infinity : at
  }
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
