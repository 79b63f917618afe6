import type { GitLabProject } from './gitlab.ts'

const HOUR = 3_600_000

/** How much a made project holds. */
export interface Amounts {
  mergeRequests: number
  deployments: number
  pipelines: number
  releases: number
  issues: number
}

/**
 * A project of our own making: as many things as asked for, one every two hours before `now`, with fields after the schemas
 * docs.gitlab.com/api documents. Every fifth merge request is open; every third was approved by one, every sixth by a second;
 * every fourth deployment failed, every fifth is a review app, every seventh still runs; every ninth issue is confidential.
 */
export function gitlabProject(
  path: string,
  now: number,
  { mergeRequests, deployments, pipelines, releases, issues }: Amounts,
  id = 1,
): GitLabProject {
  const at = (n: number, plusHours = 0) => new Date(now - n * 2 * HOUR + plusHours * HOUR).toISOString()
  const user = (n: number) => ({ id: (n % 9) + 1, username: `u${n % 9}` })
  const numbered = <T>(count: number, make: (number: number, n: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(count - index, index + 1))
  const web = `https://gitlab.com/${path}`
  return {
    id,
    path_with_namespace: path,
    mergeRequests: numbered(mergeRequests, (iid, n) => {
      const isOpen = iid % 5 === 0
      return {
        id: 9_000 + iid,
        iid,
        project_id: id,
        title: `Change ${iid}`,
        description: 'What it is about, at some length. '.repeat(5),
        state: isOpen ? 'opened' : 'merged',
        author: user(iid),
        source_branch: `change-${iid}`,
        target_branch: 'main',
        draft: false,
        labels: ['perf'],
        web_url: `${web}/-/merge_requests/${iid}`,
        created_at: at(n + 10),
        updated_at: at(n),
        merged_at: isOpen ? null : at(n),
        closed_at: null,
        merge_commit_sha: isOpen ? null : shaOf(iid),
        squash_commit_sha: null,
      }
    }),
    approvals: Object.fromEntries(
      numbered(mergeRequests, (iid, n) => [
        iid,
        {
          approvals_required: iid % 6 === 0 ? 2 : 1,
          approvals_left: iid % 3 === 0 ? 0 : 1,
          approved_by: [
            ...(iid % 6 === 0 ? [{ user: user(iid + 2), approved_at: at(n + 4) }] : []),
            ...(iid % 3 === 0 ? [{ user: user(iid + 1), approved_at: at(n + 5) }] : []),
          ],
        },
      ]),
    ),
    deployments: numbered(deployments, (number, n) => {
      const status = number % 7 === 0 ? 'running' : number % 4 === 0 ? 'failed' : 'success'
      return {
        id: 500 + number,
        iid: number,
        sha: shaOf(number),
        ref: 'main',
        status,
        created_at: at(n, -1),
        updated_at: at(n),
        environment: number % 5 === 0 ? { id: 2, name: 'review/x' } : { id: 1, name: 'live' },
        deployable: {
          id: number,
          name: 'roll-out',
          status,
          started_at: at(n, -0.5),
          finished_at: status === 'running' ? null : at(n),
          web_url: `${web}/-/jobs/${number}`,
        },
      }
    }),
    environments: { 1: { id: 1, name: 'live', tier: 'production' }, 2: { id: 2, name: 'review/x', tier: 'development' } },
    pipelines: numbered(pipelines, (number, n) => ({
      id: 700 + number,
      iid: number,
      sha: shaOf(number),
      ref: 'main',
      tag: false,
      name: null,
      source: 'push',
      status: number % 3 === 0 ? 'failed' : 'success',
      created_at: at(n, -1),
      updated_at: at(n),
      finished_at: at(n),
    })),
    jobs: Object.fromEntries(
      numbered(pipelines, (number, n) => [
        700 + number,
        [
          { id: number * 10, name: 'test', status: 'success', started_at: at(n, -0.9), finished_at: at(n, -0.5) },
          ...(number % 2 === 0
            ? [{ id: number * 10 + 1, name: 'ship', status: 'success', started_at: at(n, -0.5), finished_at: at(n) }]
            : []),
        ],
      ]),
    ),
    releases: numbered(releases, (number, n) => ({
      tag_name: `v1.${number}.0`,
      name: `1.${number}`,
      created_at: at(n),
      released_at: n === 1 ? new Date(now + 24 * HOUR).toISOString() : at(n),
      upcoming_release: n === 1,
    })),
    issues: numbered(issues, (iid, n) => {
      const isClosed = iid % 2 === 0
      return {
        id: 3_000 + iid,
        iid,
        title: `Issue ${iid}`,
        issue_type: iid % 10 === 0 ? 'incident' : 'issue',
        severity: iid % 10 === 0 ? 'HIGH' : 'UNKNOWN',
        state: isClosed ? 'closed' : 'opened',
        confidential: iid % 9 === 0,
        created_at: at(n + 10),
        updated_at: at(n),
        closed_at: isClosed ? at(n) : null,
        labels: ['labels'],
        web_url: `${web}/-/issues/${iid}`,
        moved_to_id: null,
        _links: { closed_as_duplicate_of: iid % 8 === 0 ? 'https://gitlab.com/api/v4/projects/1/issues/1' : null },
      }
    }),
  }
}

function shaOf(number: number): string {
  return number.toString(16).padStart(40, '0')
}
