import * as z from 'zod'
import { formatInstant } from '../../../ground/core/index.ts'
import { type Page, type PageAsk, type Payload, type Pull, type Remote } from '../../../ground/intake/index.ts'
import { ALL_TEAMS, LinearSettings } from '../settings.ts'
import { findings } from './findings.ts'
import { ask, isBadArgument } from './graphql.ts'
import { issuePayloads, payloadOf } from './moves.ts'
import { AT_ONCE, ISSUES, PROJECTS } from './queries.ts'

const PROJECTS_STREAM = 'projects'
const ISSUES_STREAM = 'issues'

const Found = z.looseObject({
  list: z.looseObject({
    nodes: z.array(z.looseObject({})),
    pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  }),
})

/** Things changed at this moment or before, and the page among those that changed at the very same. */
const Cursor = z.object({
  until: z.number().int(),
  after: z.string().optional(),
  /** How often it was begun again because its page was not known any more. */
  again: z.number().int().default(0),
})
/** Begun again more often than that, the other side does not mean what we think. */
const MOST_AGAIN = 10

/** Linear's GraphQL API: issues of each team and projects, by when they last changed, from the newest back. */
export const pull: Pull = {
  contents: ['apiAddress'],
  streams(settings) {
    const { readTeams } = LinearSettings.parse(settings)
    if (readTeams.includes(ALL_TEAMS)) return [ISSUES_STREAM, PROJECTS_STREAM]
    return readTeams.flatMap((team) => [`${team} ${ISSUES_STREAM}`, `${team} ${PROJECTS_STREAM}`])
  },
  reach(settings, { apiKey }) {
    // Personal keys stand alone, tokens of applications behind their scheme (linear.app/developers/graphql).
    const headers: Record<string, string> = apiKey ? { authorization: apiKey.startsWith('lin_oauth_') ? `Bearer ${apiKey}` : apiKey } : {}
    return { base: LinearSettings.parse(settings).apiAddress, headers }
  },
  everySeconds(settings) {
    const { pollMinutes } = LinearSettings.parse(settings)
    return pollMinutes === 0 ? null : pollMinutes * 60
  },
  page({ stream, ...ask }) {
    const [team, list = stream] = stream.split(' ') as [string, string?]
    const key = list === stream ? null : { key: { eq: team } }
    return list === PROJECTS_STREAM
      ? pageOf(ask, PROJECTS, key && { accessibleTeams: { some: key } }, (projects) => projects.map((one) => payloadOf('Project', one)))
      : pageOf(ask, ISSUES, key && { team: key }, issuePayloads)
  },
  test: ({ settings, remote }) => findings(LinearSettings.parse(settings), remote),
}

/**
 * Each page begins at the moment the one before ended with, so that what changes meanwhile, and so leaves the list, hides no
 * other; only among more than a page that changed at the same moment do pages go on behind one another.
 */
async function pageOf(
  { cursor, since, until, remote }: Omit<PageAsk, 'stream'>,
  query: string,
  only: object | null,
  payloadsOf: (nodes: Record<string, unknown>[], remote: Remote) => Payload[] | Promise<Payload[]>,
): Promise<Page> {
  const from = Cursor.parse(cursor ?? { until })
  const updatedAt = { gte: formatInstant(since), lte: formatInstant(from.until) }
  const variables = { first: AT_ONCE, after: from.after ?? null, filter: { ...only, updatedAt } }
  const found = await ask(
    remote,
    Found,
    query,
    variables,
    (error) => from.after !== undefined && from.again < MOST_AGAIN && isBadArgument(error),
  )
  // The page is not known any more: what it hung on was changed meanwhile, or removed.
  if (found === null) return { payloads: [], next: { until: from.until, again: from.again + 1 } }
  const { nodes, pageInfo } = found.list
  const moments = nodes.map(({ updatedAt: at }) => Date.parse(String(at))).filter(Number.isFinite)
  const last = moments.at(-1)
  const isFurther = last !== undefined && last < from.until
  const next = isFurther ? { until: last } : { ...from, after: pageInfo.endCursor }
  return {
    payloads: await payloadsOf(nodes, remote),
    next: pageInfo.hasNextPage && (isFurther || pageInfo.endCursor) ? next : null,
    ...(last === undefined ? {} : { reached: last }),
  }
}
