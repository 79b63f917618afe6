import * as z from 'zod'
import { type Page, type PageAsk, type Pull, type Remote, shaped } from '../../../ground/intake/index.ts'
import { GitHubSettings } from '../settings.ts'
import { Repository } from '../shapes.ts'
import { LISTS } from './lists.ts'
import { findings } from './findings.ts'

/** Organisations tell their repositories in a list of its own: `acme repositories`. */
const REPOSITORIES = 'repositories'

/** What a cursor holds: the repository as it is called now, and the address of the next page. */
const Cursor = z.object({ repository: Repository, next: z.string() })

/** GitHub's REST API, version 2022-11-28 (docs.github.com/rest): what a webhook would have told, from the newest back. */
export const pull: Pull = {
  streams(settings) {
    const { repositories, organisation } = GitHubSettings.parse(settings)
    return [...repositories.flatMap(streamsOf), ...(organisation === undefined ? [] : [`${organisation} ${REPOSITORIES}`])]
  },
  contents: ['apiAddress'],
  includes: (stream, settings) => stream.toLowerCase().startsWith(`${(GitHubSettings.parse(settings).organisation ?? '').toLowerCase()}/`),
  reach: (settings, { token }) => ({
    base: GitHubSettings.parse(settings).apiAddress,
    headers: {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
  }),
  everySeconds(settings) {
    const { pollMinutes } = GitHubSettings.parse(settings)
    return pollMinutes === 0 ? null : pollMinutes * 60
  },
  page(ask) {
    const [name = '', list = ''] = ask.stream.split(' ')
    return list === REPOSITORIES ? repositoriesOf(name, ask) : pageOf(name, list, ask)
  },
  test: (ask) => findings(GitHubSettings.parse(ask.settings), ask),
}

function streamsOf(repository: string): string[] {
  return Object.keys(LISTS).map((list) => `${repository} ${list}`)
}

async function pageOf(name: string, listName: string, { cursor, since, remote }: PageAsk): Promise<Page> {
  const list = LISTS[listName]!
  const known = cursor === null ? null : Cursor.parse(cursor)
  const repository = known?.repository ?? (await repositoryOf(name, remote))
  const path = `/repos/${repository.full_name}`
  const from = since - list.lookBack
  const answer = await remote.get(known?.next ?? path + list.path(from), { allow: list.absent })
  if (answer.status >= 400) return { payloads: [], next: null }
  const items = list.items(answer).map((item) => ({ item, at: list.at(item) }))
  const wanted = items.filter(({ at }) => at >= from)
  const payloads = []
  for (const { item } of wanted) payloads.push(...(await list.payloads(item, { repository, path, remote })))
  const moments = wanted.map(({ at }) => at).filter(Number.isFinite)
  const next = answer.link('next')
  return {
    payloads,
    // A page with nothing new enough on it ends the list: GitHub sorts by the moment that is asked for, or nearly.
    next: next !== null && wanted.length > 0 ? { repository, next } : null,
    ...(moments.length > 0 ? { reached: Math.min(...moments) } : {}),
  }
}

/** The repository under the name it has now: GitHub redirects from names it had before. */
async function repositoryOf(name: string, remote: Remote): Promise<Repository> {
  const { name: short, full_name, default_branch } = shaped(Repository, await remote.get(`/repos/${name}`))
  return { name: short, full_name, default_branch }
}

const Listed = z.array(
  Repository.extend({ disabled: z.boolean().optional(), pushed_at: z.string().nullish(), updated_at: z.string().nullish() }),
)

/** Repositories in which something happened since; the others have nothing to tell. */
async function repositoriesOf(organisation: string, { cursor, since, remote }: PageAsk): Promise<Page> {
  const first = `/orgs/${organisation}/repos?type=all&sort=full_name&per_page=100`
  const answer = await remote.get(typeof cursor?.next === 'string' ? cursor.next : first)
  const alive = shaped(Listed, answer).filter(
    ({ disabled, pushed_at: pushed, updated_at: updated }) =>
      disabled !== true && [pushed, updated].some((at) => typeof at === 'string' && Date.parse(at) >= since),
  )
  const next = answer.link('next')
  return { payloads: [], streams: alive.flatMap(({ full_name: name }) => streamsOf(name)), next: next === null ? null : { next } }
}
