import * as z from 'zod'
import { type Finding, type PageAsk, shaped } from '../../../ground/intake/index.ts'
import type { GitHubSettings } from '../settings.ts'
import { Repository } from '../shapes.ts'
import { LISTS } from './lists.ts'

/** Repositories that are looked at: what is wrong with a token shows on the first ones. */
const MOST_REPOSITORIES = 3
const RateLimit = z.looseObject({ resources: z.looseObject({ core: z.looseObject({ limit: z.number(), remaining: z.number() }) }) })

/** What a token sees, list by list, and which permission is missing. */
export async function findings(
  { repositories, organisation }: GitHubSettings,
  { secrets, remote }: Pick<PageAsk, 'secrets' | 'remote'>,
): Promise<Finding[]> {
  if (repositories.length === 0 && organisation === undefined)
    return [{ ok: true, what: 'Nothing is to be read: this connection waits for webhooks alone.' }]
  const found = [await limitOf(secrets.token, remote)]
  const names = repositories.slice(0, MOST_REPOSITORIES)
  if (organisation !== undefined) {
    const answer = await remote.get(`/orgs/${organisation}/repos?type=all&per_page=${MOST_REPOSITORIES}`, { allow: [403, 404] })
    if (answer.status >= 400) found.push(unseen(`the organisation ${organisation}`, 'access to this organisation'))
    else names.push(...shaped(z.array(Repository), answer).map(({ full_name: name }) => name))
  }
  for (const name of names) found.push(...(await repositoryFindings(name, remote)))
  return found
}

async function limitOf(token: string | undefined, remote: PageAsk['remote']): Promise<Finding> {
  const answer = await remote.get('/rate_limit', { allow: [404] }) // Enterprise Server may have none
  const who = token ? 'The token is accepted' : 'There is no token, so only what is public is seen'
  if (answer.status === 404) return { ok: true, what: `${who}; requests have no limit.` }
  const { limit, remaining } = shaped(RateLimit, answer).resources.core
  return { ok: true, what: `${who}; ${remaining.toLocaleString('en-GB')} of ${limit.toLocaleString('en-GB')} requests an hour are left.` }
}

async function repositoryFindings(name: string, remote: PageAsk['remote']): Promise<Finding[]> {
  const answer = await remote.get(`/repos/${name}`, { allow: [403, 404, 410, 451] })
  if (answer.status >= 400) return [unseen(name, 'access to this repository, and check its name')]
  const { full_name: present } = shaped(Repository, answer)
  const seen: string[] = []
  const missing: Finding[] = []
  for (const { title, path, permission, absent } of Object.values(LISTS)) {
    const list = await remote.get(`/repos/${present}${path(Date.now()).replace(/per_page=\d+/, 'per_page=1')}`, { allow: [403, 404, 410] })
    if (list.status < 400) seen.push(title)
    else if (!absent.includes(list.status)) missing.push(unseen(`the ${title} of ${present}`, `the permission "${permission}"`))
  }
  const renamed = present.toLowerCase() === name.toLowerCase() ? '' : `, which was ${name}`
  return [...(seen.length > 0 ? [{ ok: true, what: `Of ${present}${renamed} it sees: ${seen.join(', ')}.` }] : []), ...missing]
}

function unseen(what: string, needed: string): Finding {
  return { ok: false, what: `The token does not see ${what}.`, fix: `Give it ${needed}.` }
}
