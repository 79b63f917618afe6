import { type FeedEntry, renderAtom } from '../render/atom.ts'
import { changeClaim } from '../tell/changes.ts'
import type { Alert } from './decide.ts'

/**
 * The changes as an Atom feed: one entry a change, dated by the day the level changed, so that a change keeps its place and
 * its name however often the feed is fetched.
 * @param base where the web app is, without a slash at its end
 */
export function feedOfChanges(alerts: readonly Alert[], { base, scope, asOf }: { base: string; scope: string; asOf: string }): string {
  const search = scope === 'default' ? '' : `?scope=${scope}`
  const dated = alerts.toSorted((a, b) => (a.change.at < b.change.at ? 1 : -1))
  return renderAtom({
    id: `urn:throughline:changes:${scope}`,
    title: `Changed lately${scope === 'default' ? '' : ` in ${scope}`}`,
    updated: dated[0]?.change.at ?? asOf,
    self: `${base}/api/feeds/changes.atom${search}`,
    page: `${base}/measures${search}`,
    entries: dated.map((alert) => entryOf(alert, base, scope)),
  })
}

function entryOf(alert: Alert, base: string, scope: string): FeedEntry {
  const { measure, subject, title, change, outcomes } = alert
  const search = new URLSearchParams({
    ...(scope === 'default' ? {} : { scope }),
    ...(subject.startsWith('namespace:') ? {} : { subject }),
  }).toString()
  return {
    id: `urn:throughline:change:${[measure, subject, change.at.slice(0, 10)].map(encodeURIComponent).join(':')}`,
    title: `${title} changed level${change.effect ? `, for the ${change.effect}` : ''}`,
    updated: change.at,
    page: `${base}/measures/${encodeURIComponent(measure)}${search ? `?${search}` : ''}`,
    categories: outcomes.map((outcome) => ({ term: outcome.ref, label: outcome.title })),
    content: { type: 'text', body: changeClaim(alert).text },
  }
}
