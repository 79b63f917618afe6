import * as z from 'zod'
import { DAY } from '../../../ground/core/index.ts'
import { type Page, type PageAsk, type Pull, type Remote, shaped } from '../../../ground/intake/index.ts'
import { GitLabSettings } from '../settings.ts'
import { Project } from '../shapes.ts'
import { findings } from './findings.ts'
import { LISTS } from './lists.ts'

/** Groups tell their projects in a list of its own: `acme projects`. */
const PROJECTS = 'projects'
/** Tiers of environments carried from page to page: review apps make thousands of environments. */
const MOST_TIERS = 200

const Numbered = Project.extend({ id: z.number().int().positive() })
type Numbered = z.infer<typeof Numbered>
const Items = z.array(z.looseObject({}))
/** What a cursor holds: the project as it is called now, and the address of the next page. */
const Cursor = z.object({ project: Numbered, next: z.string(), tiers: z.record(z.string(), z.string().nullable()).default({}) })

/** GitLab's REST API, version 4 (docs.gitlab.com/api/rest): what a webhook would have told, from the newest back. */
export const pull: Pull = {
  contents: ['address'],
  includes: (stream, settings) => stream.toLowerCase().startsWith(`${(GitLabSettings.parse(settings).group ?? '').toLowerCase()}/`),
  streams(settings) {
    const { projects, group } = GitLabSettings.parse(settings)
    return [...projects.flatMap(streamsOf), ...(group === undefined ? [] : [`${group} ${PROJECTS}`])]
  },
  reach(settings, { token }) {
    const headers: Record<string, string> = token ? { 'private-token': token } : {}
    return { base: `${GitLabSettings.parse(settings).address.replace(/\/+$/, '')}/api/v4`, headers }
  },
  everySeconds(settings) {
    const { pollMinutes } = GitLabSettings.parse(settings)
    return pollMinutes === 0 ? null : pollMinutes * 60
  },
  page(ask) {
    const [path = '', list = ''] = ask.stream.split(' ')
    return list === PROJECTS ? projectsOf(path, ask) : pageOf(path, list, ask)
  },
  test: (ask) => findings(GitLabSettings.parse(ask.settings), ask),
}

function streamsOf(path: string): string[] {
  return Object.keys(LISTS).map((list) => `${path} ${list}`)
}

async function pageOf(name: string, listName: string, { cursor, since, settings, remote }: PageAsk): Promise<Page> {
  const list = LISTS[listName]!
  const known = cursor === null ? null : Cursor.parse(cursor)
  const project = known?.project ?? (await projectOf(name, list.feature, remote))
  if (!project) return { payloads: [], next: null }
  const path = `/projects/${project.id}`
  const answer = await remote.get(known?.next ?? path + list.path(since))
  const items = shaped(Items, answer).map((item) => ({ item, at: momentOf(item, list.sortedBy) }))
  const wanted = items.filter(({ at }) => at >= since)
  const around = { project, path, settings: GitLabSettings.parse(settings), remote, tiers: { ...known?.tiers } }
  const payloads = []
  for (const { item } of wanted) payloads.push(...(await list.payloads(item, around)))
  const moments = wanted.map(({ at }) => at).filter(Number.isFinite)
  const next = answer.link('next')
  const tiers = Object.fromEntries(Object.entries(around.tiers).slice(-MOST_TIERS))
  return {
    payloads,
    next: next !== null && wanted.length > 0 ? { project, next, tiers } : null,
    ...(moments.length > 0 ? { reached: Math.min(...moments) } : {}),
  }
}

/** When a thing happened; without a moment it counts as new, so that its reader says what is wrong with it. */
function momentOf(item: Record<string, unknown>, names: readonly string[]): number {
  const at = Date.parse(String(names.map((name) => item[name]).find((value) => typeof value === 'string') ?? ''))
  return Number.isNaN(at) ? Infinity : at
}

/** The project under the name it has now: GitLab redirects from names it had before. Null where the list is turned off in it. */
async function projectOf(name: string, feature: string, remote: Remote): Promise<Numbered | null> {
  const project = shaped(Numbered, await remote.get(`/projects/${encodeURIComponent(name)}`))
  if (project[feature] === 'disabled') return null
  const { id, path_with_namespace, web_url, default_branch } = project
  return { id, path_with_namespace, web_url, default_branch }
}

const Listed = z.array(z.looseObject({ path_with_namespace: z.string().max(300), last_activity_at: z.string().nullish() }))

/** Projects in which something happened since, or a day before, as GitLab notes that late; the others have nothing to tell. */
async function projectsOf(group: string, { cursor, since, remote }: PageAsk): Promise<Page> {
  const first = `/groups/${encodeURIComponent(group)}/projects?include_subgroups=true&with_shared=false&simple=true&order_by=id&sort=asc&per_page=100`
  const answer = await remote.get(typeof cursor?.next === 'string' ? cursor.next : first)
  const alive = shaped(Listed, answer).filter(({ last_activity_at: at }) => typeof at === 'string' && Date.parse(at) >= since - DAY)
  const next = answer.link('next')
  return { payloads: [], streams: alive.flatMap(({ path_with_namespace: path }) => streamsOf(path)), next: next === null ? null : { next } }
}
