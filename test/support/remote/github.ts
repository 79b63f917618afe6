import type { Asked, Told } from './server.ts'

/** What the server holds of one repository, newest first where GitHub sorts so. */
export interface GitHubRepository {
  id: number
  full_name: string
  /** Names it had before; GitHub redirects from them. */
  formerly?: string[]
  pulls: Item[]
  reviews: Record<number, Item[]>
  deployments: Item[]
  statuses: Record<number, Item[]>
  releases: Item[]
  runs: Item[]
  attempts: Record<string, Item>
  issues: Item[]
  /** Lists this token may not see, or that are turned off. */
  absent?: Record<string, 403 | 404 | 410>
}
type Item = Record<string, unknown>

/**
 * GitHub's REST API as far as we ask it, spoken by a server of our own: paths, sorting, `Link` headers and statuses after
 * docs.github.com/rest (pulls, deployments, releases, actions/workflow-runs, issues, rate-limit; "Using pagination in the REST API").
 * @param token what requests have to bear; null: nothing
 */
export function githubDialect(repositories: readonly GitHubRepository[], token: string | null = null): (asked: Asked) => Told | null {
  return (asked) => {
    const { path, query, headers } = asked
    if (token !== null && headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Bad credentials' } }
    if (path === '/rate_limit') return { body: { resources: { core: { limit: 5_000, remaining: 4_990, reset: 0 } } } }
    const organisation = /^\/orgs\/([^/]+)\/repos$/.exec(path)?.[1]
    if (organisation !== undefined) {
      const owned = repositories.filter(({ full_name: name }) => name.startsWith(`${organisation}/`))
      return owned.length > 0 ? paged(owned.map(summaryOf), asked) : null
    }
    const [, by, rest = ''] = /^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)(\/.*)?$/.exec(path) ?? []
    if (by === undefined) return null
    const named = by.replace('repos/', '')
    const found = repositories.find(({ id, full_name: name }) => name === named || `repositories/${id}` === by)
    if (!found) {
      const moved = repositories.find(({ formerly }) => formerly?.includes(named))
      const search = query.size > 0 ? `?${query}` : ''
      return moved
        ? {
            status: 301,
            headers: { location: `${asked.base}/repositories/${moved.id}${rest}${search}` },
            body: { message: 'Moved Permanently' },
          }
        : null
    }
    return tell(found, rest, asked)
  }
}

function tell(repository: GitHubRepository, rest: string, asked: Asked): Told | null {
  if (rest === '') return { body: summaryOf(repository) }
  const absent = repository.absent?.[rest.split('/')[1]!]
  if (absent !== undefined) return { status: absent, body: { message: 'Resource not accessible by personal access token' } }
  const list: Record<string, () => Item[]> = {
    '/pulls': () => byUpdate(repository.pulls).map(({ additions: _a, deletions: _d, ...listed }) => listed), // the list leaves them out
    '/deployments': () => repository.deployments,
    '/releases': () => repository.releases,
    '/issues': () => byUpdate([...repository.issues, ...repository.pulls.map((pull) => ({ ...pull, pull_request: {} }))]),
  }
  if (rest in list) {
    const since = Date.parse(asked.query.get('since') ?? '')
    return paged(
      list[rest]!().filter(({ updated_at: at }) => Number.isNaN(since) || Date.parse(String(at)) >= since),
      asked,
    )
  }
  if (rest === '/actions/runs') {
    const { headers, body } = paged(repository.runs, asked)
    return { ...(headers ? { headers } : {}), body: { total_count: repository.runs.length, workflow_runs: body } }
  }
  const [, kind, id, more] = /^\/(pulls|deployments|actions\/runs)\/(\d+)(?:\/(.*))?$/.exec(rest) ?? []
  if (kind === 'pulls' && more === undefined) return one(repository.pulls.find(({ number }) => number === Number(id)))
  if (kind === 'pulls' && more === 'reviews') return paged(repository.reviews[Number(id)] ?? [], asked)
  if (kind === 'deployments' && more === 'statuses') return paged(repository.statuses[Number(id)] ?? [], asked)
  if (kind === 'actions/runs' && more?.startsWith('attempts/')) return one(repository.attempts[`${id}/${more.slice(9)}`])
  return null
}

/** Pages with `Link` headers, by the number of the repository as GitHub does. */
function paged(items: readonly Item[], { path, query, base }: Asked): Told {
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const page = Number(query.get('page') ?? 1)
  const to = (number: number, rel: string) => {
    const search = new URLSearchParams(query)
    search.set('page', String(number))
    return `<${base}${encodeURI(path)}?${search}>; rel="${rel}"`
  }
  const last = Math.max(1, Math.ceil(items.length / size))
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
  ]
  return { ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}), body: items.slice((page - 1) * size, page * size) }
}

function one(found: Item | undefined): Told | null {
  return found ? { body: found } : null
}

function byUpdate(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => Date.parse(String(b.updated_at)) - Date.parse(String(a.updated_at)))
}

function summaryOf({ id, full_name: name, pulls }: GitHubRepository): Item {
  return {
    id,
    name: name.split('/')[1],
    full_name: name,
    default_branch: 'main',
    pushed_at: pulls[0]?.updated_at ?? null,
    updated_at: null,
  }
}
