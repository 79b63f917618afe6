import type { Asked, Told } from './server.ts'

/** What the server holds of one project. */
export interface GitLabProject {
  id: number
  path_with_namespace: string
  /** Paths it had before; GitLab redirects from them. */
  formerly?: string[]
  mergeRequests: Item[]
  approvals: Record<number, Item>
  deployments: Item[]
  environments: Record<number, Item>
  pipelines: Item[]
  jobs: Record<number, Item[]>
  releases: Item[]
  issues: Item[]
  /** Lists this token may not see. */
  absent?: Record<string, 403 | 404>
  /** Lists that are turned off in the project, as `issues_access_level: disabled`. */
  disabled?: string[]
}
type Item = Record<string, unknown>

const WEB = 'https://gitlab.com'

/**
 * GitLab's REST API as far as we ask it, spoken by a server of our own: paths, sorting, `Link` headers and statuses after
 * docs.gitlab.com/api (merge_requests, merge_request_approvals, deployments, environments, pipelines, jobs, releases, issues,
 * projects, groups; "Pagination" and "Status codes" of the REST API).
 * @param token what requests have to bear; null: nothing
 */
export function gitlabDialect(projects: readonly GitLabProject[], token: string | null = null): (asked: Asked) => Told | null {
  return (asked) => {
    const { path, headers, query, base } = asked
    if (token !== null && headers['private-token'] !== token) return { status: 401, body: { message: '401 Unauthorized' } }
    if (path === '/api/v4/personal_access_tokens/self') return { body: { scopes: ['read_api'], expires_at: '2026-12-31' } }
    const group = /^\/api\/v4\/groups\/(.+)\/projects$/.exec(path)?.[1]
    if (group !== undefined) {
      const owned = projects.filter(({ path_with_namespace: name }) => name.startsWith(`${group}/`))
      return owned.length > 0 ? paged(owned.map(summaryOf), asked) : { status: 404, body: { message: '404 Group Not Found' } }
    }
    const named = path.replace(/^\/api\/v4\/projects\//, '')
    const byNumber = /^(\d+)(\/.*)?$/.exec(named)
    if (byNumber) {
      const found = projects.find(({ id }) => id === Number(byNumber[1]))
      return found ? tell(found, byNumber[2] ?? '', asked) : null
    }
    const found = projects.find(({ path_with_namespace: name }) => name === named)
    if (found) return { body: summaryOf(found) }
    const moved = projects.find(({ formerly }) => formerly?.includes(named))
    if (!moved) return { status: 404, body: { message: '404 Project Not Found' } }
    const search = query.size > 0 ? `?${query}` : ''
    return { status: 301, headers: { location: `${base}/api/v4/projects/${moved.id}${search}` }, body: { message: 'Moved Permanently' } }
  }
}

function tell(project: GitLabProject, rest: string, asked: Asked): Told | null {
  const { query } = asked
  if (rest === '') return { body: summaryOf(project) }
  const absent = project.absent?.[rest.split('/')[1]!]
  if (absent !== undefined) return { status: absent, body: { message: `${absent} Forbidden` } }
  const lists: Record<string, Item[]> = {
    '/merge_requests': project.mergeRequests,
    '/deployments': project.deployments,
    '/pipelines': project.pipelines.map(({ finished_at: _f, tag: _t, ...listed }) => listed), // the list leaves them out
    '/issues': project.issues,
  }
  const list = lists[rest]
  if (list) {
    if (query.get('order_by') !== 'updated_at' && query.has('updated_after')) return { status: 400, body: { message: 'bad filter' } }
    const after = Date.parse(query.get('updated_after') ?? '')
    return paged(
      byMoment(list, 'updated_at').filter(({ updated_at: at }) => Number.isNaN(after) || Date.parse(String(at)) >= after),
      asked,
    )
  }
  if (rest === '/releases') return paged(byMoment(project.releases, 'released_at'), asked)
  const [, kind, id, more] = /^\/(merge_requests|environments|pipelines)\/(\d+)(?:\/(\w+))?$/.exec(rest) ?? []
  if (kind === 'merge_requests' && more === 'approvals') return one(project.approvals[Number(id)])
  if (kind === 'environments' && more === undefined) return one(project.environments[Number(id)])
  if (kind === 'pipelines' && more === undefined) return one(project.pipelines.find((pipeline) => pipeline.id === Number(id)))
  if (kind === 'pipelines' && more === 'jobs') return paged(project.jobs[Number(id)] ?? [], asked)
  return null
}

/** Pages with `Link` headers, under the path that was asked for. */
function paged(items: readonly Item[], { path, query, base }: Asked): Told {
  const size = Math.min(100, Number(query.get('per_page') ?? 20))
  const page = Number(query.get('page') ?? 1)
  const to = (number: number, rel: string) => {
    const search = new URLSearchParams(query)
    search.set('page', String(number))
    const address = path.replace(
      /(groups\/)(.+)(\/projects)$/,
      (_, before, name: string, after) => before + encodeURIComponent(name) + after,
    )
    return `<${base}${address}?${search}>; rel="${rel}"`
  }
  const last = Math.max(1, Math.ceil(items.length / size))
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next')] : []),
    to(1, 'first'),
    to(last, 'last'),
  ]
  return { headers: { link: links.join(', '), 'x-per-page': String(size) }, body: items.slice((page - 1) * size, page * size) }
}

function one(found: Item | undefined): Told | null {
  return found ? { body: found } : null
}

function byMoment(items: readonly Item[], field: string): Item[] {
  return items.toSorted((a, b) => Date.parse(String(b[field])) - Date.parse(String(a[field])))
}

function summaryOf({ id, path_with_namespace: path, mergeRequests, disabled = [] }: GitLabProject): Item {
  return {
    id,
    name: path.slice(path.lastIndexOf('/') + 1),
    path_with_namespace: path,
    web_url: `${WEB}/${path}`,
    default_branch: 'main',
    last_activity_at: byMoment(mergeRequests, 'updated_at')[0]?.updated_at ?? null,
    ...Object.fromEntries(disabled.map((list) => [`${list}_access_level`, 'disabled'])),
  }
}
