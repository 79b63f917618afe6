import * as z from 'zod'
import { type Finding, type PageAsk, shaped } from '../../../ground/intake/index.ts'
import type { GitLabSettings } from '../settings.ts'
import { Project } from '../shapes.ts'
import { LISTS } from './lists.ts'

/** Projects that are looked at: what is wrong with a token shows on the first ones. */
const MOST_PROJECTS = 3
const Token = z.looseObject({ scopes: z.array(z.string()).default([]), expires_at: z.string().nullish() })

/** What a token sees, list by list, and what it lacks. */
export async function findings(
  { projects, group }: GitLabSettings,
  { secrets, remote }: Pick<PageAsk, 'secrets' | 'remote'>,
): Promise<Finding[]> {
  if (projects.length === 0 && group === undefined)
    return [{ ok: true, what: 'Nothing is to be read: this connection waits for webhooks alone.' }]
  const found = secrets.token ? [await tokenOf(remote)] : [{ ok: true, what: 'There is no token, so only what is public is seen.' }]
  const names = projects.slice(0, MOST_PROJECTS)
  if (group !== undefined) {
    const path = `/groups/${encodeURIComponent(group)}/projects?include_subgroups=true&simple=true&per_page=${MOST_PROJECTS}`
    const answer = await remote.get(path, { allow: [403, 404] })
    if (answer.status >= 400) found.push(unseen(`the group ${group}`))
    else names.push(...shaped(z.array(Project), answer).map(({ path_with_namespace: name }) => name))
  }
  for (const name of names) found.push(...(await projectFindings(name, remote)))
  return found
}

async function tokenOf(remote: PageAsk['remote']): Promise<Finding> {
  const answer = await remote.get('/personal_access_tokens/self', { allow: [404] })
  if (answer.status === 404) return { ok: true, what: 'A token is given.' } // older instances do not tell about tokens
  const { scopes, expires_at: until } = shaped(Token, answer)
  const ends = until ? `; it ends on ${until.slice(0, 10)}` : ''
  if (scopes.some((scope) => scope === 'api' || scope === 'read_api')) return { ok: true, what: `The token is accepted${ends}.` }
  return {
    ok: false,
    what: `The token is accepted, but has only the scopes ${scopes.join(', ') || '(none)'}.`,
    fix: 'Make one with the scope read_api.',
  }
}

async function projectFindings(name: string, remote: PageAsk['remote']): Promise<Finding[]> {
  const answer = await remote.get(`/projects/${encodeURIComponent(name)}`, { allow: [403, 404] })
  if (answer.status >= 400) return [unseen(name)]
  const project = shaped(Project.extend({ id: z.number().int() }), answer)
  const present = project.path_with_namespace
  const seen: string[] = []
  const missing: Finding[] = []
  for (const { title, path, feature } of Object.values(LISTS)) {
    if (project[feature] === 'disabled') continue
    const list = await remote.get(`/projects/${project.id}${path(Date.now()).replace(/per_page=\d+/, 'per_page=1')}`, {
      allow: [403, 404],
    })
    if (list.status < 400) seen.push(title)
    else missing.push(unseen(`the ${title} of ${present}`))
  }
  const renamed = present.toLowerCase() === name.toLowerCase() ? '' : `, which was ${name}`
  return [...(seen.length > 0 ? [{ ok: true, what: `Of ${present}${renamed} it sees: ${seen.join(', ')}.` }] : []), ...missing]
}

function unseen(what: string): Finding {
  return {
    ok: false,
    what: `The token does not see ${what}.`,
    fix: 'Check the name; give the token the scope read_api and its user the role Reporter there.',
  }
}
