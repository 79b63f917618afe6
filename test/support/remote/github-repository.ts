import type { GitHubRepository } from './github.ts'

const HOUR = 3_600_000

/** How much a made repository holds. */
export interface Amounts {
  pulls: number
  deployments: number
  releases: number
  runs: number
  issues: number
}

/**
 * A repository of our own making: as many things as asked for, one every two hours before `now`, with fields after the schemas
 * docs.github.com/rest documents. Every third pull request has a review, every sixth two; every fifth is still open; every
 * fourth deployment failed first; every seventh run was run twice.
 */
export function githubRepository(
  fullName: string,
  now: number,
  { pulls, deployments, releases, runs, issues }: Amounts,
  id = 1,
): GitHubRepository {
  const made: GitHubRepository = {
    id,
    full_name: fullName,
    pulls: [],
    reviews: {},
    deployments: [],
    statuses: {},
    releases: [],
    runs: [],
    attempts: {},
    issues: [],
  }
  const at = (n: number, plusHours = 0) => new Date(now - n * 2 * HOUR + plusHours * HOUR).toISOString()
  const user = (n: number) => ({ login: `u${n % 9}`, type: 'User' })
  for (let n = 1; n <= pulls; n += 1) {
    const number = pulls - n + 1
    const isOpen = number % 5 === 0
    made.pulls.push({
      number,
      title: `Change ${number}`,
      body: `What it is about, at some length. `.repeat(5),
      state: isOpen ? 'open' : 'closed',
      html_url: `https://git.example/${fullName}/pull/${number}`,
      user: user(number),
      head: { ref: `change-${number}`, sha: shaOf(number) },
      base: { ref: 'main' },
      draft: false,
      labels: [{ id: 1, name: 'perf' }],
      created_at: at(n + 10),
      updated_at: at(n),
      merged_at: isOpen ? null : at(n),
      closed_at: isOpen ? null : at(n),
      merge_commit_sha: shaOf(number),
      additions: number % 50,
      deletions: number % 20,
    })
    if (number % 3 === 0)
      made.reviews[number] = [
        { id: number * 10, state: 'COMMENTED', submitted_at: at(n + 5), user: user(number + 1) },
        ...(number % 6 === 0 ? [{ id: number * 10 + 1, state: 'APPROVED', submitted_at: at(n + 4), user: user(number + 2) }] : []),
      ]
  }
  for (let n = 1; n <= deployments; n += 1) {
    const number = deployments - n + 1
    made.deployments.push({ id: number, sha: shaOf(number), environment: 'production', created_at: at(n), updated_at: at(n, 1) })
    const status = (state: string, hours: number) => ({
      id: number * 10 + hours,
      state,
      created_at: at(n, hours),
      log_url: '',
      target_url: '',
    })
    made.statuses[number] = [status('success', 1), ...(number % 4 === 0 ? [status('failure', 0.5)] : []), status('in_progress', 0.1)]
  }
  for (let n = 1; n <= releases; n += 1) {
    const number = releases - n + 1
    made.releases.push({
      id: number,
      tag_name: `v1.${number}.0`,
      name: null,
      draft: n === 1,
      prerelease: false,
      created_at: at(n),
      published_at: n === 1 ? null : at(n, 1),
    })
  }
  for (let n = 1; n <= runs; n += 1) {
    const number = runs - n + 1
    const run = (attempt: number, conclusion: string) => ({
      id: number,
      run_attempt: attempt,
      name: number % 2 === 0 ? 'Deploy' : 'Test',
      head_sha: shaOf(number),
      head_branch: 'main',
      event: 'push',
      status: 'completed',
      conclusion,
      created_at: at(n),
      run_started_at: at(n, attempt / 10),
      updated_at: at(n, attempt / 5),
    })
    const isTwice = number % 7 === 0
    made.runs.push(run(isTwice ? 2 : 1, 'success'))
    if (isTwice) made.attempts[`${number}/1`] = run(1, 'failure')
  }
  for (let n = 1; n <= issues; n += 1) {
    const number = 100_000 + issues - n + 1
    made.issues.push({
      number,
      title: `Issue ${number}`,
      state: number % 2 === 0 ? 'closed' : 'open',
      state_reason: number % 2 === 0 ? 'completed' : null,
      created_at: at(n + 10),
      updated_at: at(n),
      closed_at: number % 2 === 0 ? at(n) : null,
      labels: number % 10 === 0 ? [{ name: 'outage' }] : [],
    })
  }
  return made
}

function shaOf(number: number): string {
  return number.toString(16).padStart(40, '0')
}
