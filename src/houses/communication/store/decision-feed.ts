import { formatInstant, refName, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type DecisionIntent, type Moment } from '../../vision/index.ts'
import { recordMarkdown } from '../prose/record.ts'
import { safeHtml } from '../prose/safe-html.ts'
import { renderAtom } from '../render/atom.ts'
import { decisionsWished, type LogWish } from './log.ts'

/** Entries of a feed: a reader comes back sooner than so many decisions change. */
const MOST = 50

/**
 * The decision log as an Atom feed: the records that changed last, each whole. An entry keeps its name for good, and its
 * moment is the last change of the record here; what was read in one go is told by the days of the decisions, newest first.
 * @param base where the web app is, without a slash at its end
 * @param search the filters as they stand in the address, told again in the feed's own links
 */
export async function feedOfDecisions(
  wish: LogWish,
  when: Moment,
  ground: Pick<Ground, 'catalog'>,
  { base, search }: { base: string; search: Readonly<Record<string, string>> },
): Promise<string> {
  const wished = (await decisionsWished(wish, when, ground)).filter(({ status }) => !wish.status || status === wish.status)
  const latest = wished.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, MOST)
  const records = latest.length === 0 ? [] : await ground.catalog.list({ kind: 'decision', refs: latest.map(({ ref }) => ref) }, wish.asOf)
  const bodies = new Map(await Promise.all(records.map(async (record) => [record.ref, await safeHtml(recordMarkdown(record))] as const)))
  const { outcome, principle, component, ...more } = search
  const about = search.about ?? outcome ?? principle ?? component
  return renderAtom({
    id: `urn:throughline:decisions${tail(search) || `?scope=${when.scope}`}`,
    title: `Decisions${when.scope === 'default' ? '' : ` in ${when.scope}`}`,
    updated: formatInstant(latest[0]?.updatedAt ?? when.asOf),
    self: `${base}/api/feeds/decisions.atom${tail(search)}`,
    page: `${base}/decisions${tail({ ...more, ...(about ? { about } : {}) })}`,
    entries: latest.map((decision) => ({
      id: `urn:throughline:decision:${encodeURIComponent(decision.ref)}`,
      title: decision.title,
      updated: formatInstant(decision.updatedAt),
      published: decision.date === undefined ? undefined : formatInstant(decision.date),
      page: `${base}/decisions/${refNamespace(decision.ref)}/${refName(decision.ref)}`,
      categories: [{ term: decision.status }, ...bearing(decision).map((term) => ({ term }))],
      summary: standing(decision),
      content: { type: 'html', body: bodies.get(decision.ref) ?? '' },
    })),
  })
}

function bearing({ serves, supports, against, affects }: DecisionIntent): string[] {
  return [...new Set([...serves, ...supports, ...against, ...affects])]
}

/** Its status, and what it replaced or what replaced it. */
function standing({ status, supersedes, supersededBy }: DecisionIntent): string {
  const told = (words: string, refs: readonly string[]) => (refs.length > 0 ? [`${words} ${refs.map(refName).join(', ')}`] : [])
  return `${[status, ...told('replaces', supersedes), ...told('replaced by', supersededBy)].join('; ')}.`
}

/** Filters in a lasting order: one question, one name. */
function tail(search: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(Object.entries(search).sort(([a], [b]) => (a < b ? -1 : 1))).toString()
  return text && `?${text}`
}
