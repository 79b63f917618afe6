import type { Asked, Told } from './server.ts'

/** An issue as the server keeps it, with all its fields and its history. */
export interface JiraIssue {
  id: string
  key: string
  self: string
  fields: Record<string, unknown> & { updated: string }
  histories: { created: string; author: object; items: object[] }[]
}

const MINUTE = 60_000

/**
 * Jira's search as far as we ask it, spoken by a server of our own: paths, parameters, pages and statuses after
 * developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search (Cloud) and
 * developer.atlassian.com/server/jira/platform/rest, `search` (Data Center). Cloud compares moments by the minute here, and
 * answers a token it does not take with an empty list.
 * @param authorization what requests have to bear
 */
export function jiraDialect(
  product: 'cloud' | 'data-center',
  issues: () => readonly JiraIssue[],
  authorization: string,
): (asked: Asked) => Told | null {
  const api = product === 'cloud' ? '/rest/api/3' : '/rest/api/2'
  const refused: Told = { status: 401, body: { errorMessages: ['You are not authenticated.'], errors: {} } }
  return (asked) => {
    const isKnown = asked.headers.authorization === authorization
    if (asked.path === `${api}/myself`) return isKnown ? { body: { active: true, timeZone: 'Pacific/Auckland' } } : refused
    if (asked.path !== `${api}/${product === 'cloud' ? 'search/jql' : 'search'}`) return null
    if (!isKnown) return product === 'cloud' ? { body: { issues: [], isLast: true } } : refused
    const found = search(issues(), asked.query.get('jql') ?? '', product)
    if (!found) return unread(`Error in the JQL Query: ${asked.query.get('jql')}`)
    return product === 'cloud' ? cloudPage(found, asked) : dataCenterPage(found, asked)
  }
}

function search(issues: readonly JiraIssue[], jql: string, product: string): JiraIssue[] | null {
  const [, project, from, until] =
    /^(?:\(project = (\w+)\) and )?updated >= (\d+) and updated <= (\d+) order by updated asc, key asc$/.exec(jql) ?? []
  if (from === undefined) return null
  const step = product === 'cloud' ? MINUTE : 1_000
  const about = (at: number) => Math.floor(at / step)
  return issues
    .filter(({ key, fields }) => {
      const at = about(momentOf(fields.updated))
      return at >= about(Number(from)) && at <= about(Number(until)) && (project === undefined || key.startsWith(`${project}-`))
    })
    .sort((a, b) => momentOf(a.fields.updated) - momentOf(b.fields.updated) || (a.key < b.key ? -1 : 1))
}

function cloudPage(found: JiraIssue[], { query }: Asked): Told {
  const token = query.get('nextPageToken')
  const behind = token === null ? -1 : found.findIndex(({ key }) => `page-${Buffer.from(key).toString('base64')}` === token)
  if (token !== null && behind === -1) return unread('The nextPageToken is not valid or has expired.')
  const size = Number(query.get('maxResults') ?? 50)
  const page = found.slice(behind + 1, behind + 1 + size)
  const isLast = behind + 1 + size >= found.length
  return {
    body: {
      issues: page.map((issue) => shown(issue, query)),
      isLast,
      ...(isLast ? {} : { nextPageToken: `page-${Buffer.from(page.at(-1)!.key).toString('base64')}` }),
    },
  }
}

function dataCenterPage(found: JiraIssue[], { query }: Asked): Told {
  const startAt = Number(query.get('startAt') ?? 0)
  const maxResults = Math.min(1_000, Number(query.get('maxResults') ?? 50))
  const issues = found.slice(startAt, startAt + maxResults).map((issue) => shown(issue, query))
  return { body: { expand: 'schema,names', startAt, maxResults, total: found.length, issues } }
}

/** Only the fields that were asked for; the history only where it is expanded. */
function shown({ histories, fields, ...issue }: JiraIssue, query: URLSearchParams): object {
  const asked = (query.get('fields') ?? '').split(',')
  const changelog = { startAt: 0, maxResults: histories.length, total: histories.length, histories }
  return {
    ...issue,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => asked.includes(name))),
    ...(query.get('expand') === 'changelog' ? { changelog } : {}),
  }
}

function unread(message: string): Told {
  return { status: 400, body: { errorMessages: [message], errors: {} } }
}

function momentOf(text: string): number {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}
