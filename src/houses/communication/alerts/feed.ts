import type { Alert } from './decide.ts'
import { changeClaim } from '../tell/changes.ts'

/**
 * The changes as an Atom feed (RFC 4287): one entry a change, dated by the day the level changed, so that a change keeps its
 * place and its name however often the feed is fetched.
 * @param base where the web app is, without a slash at its end
 */
export function atomFeed(alerts: readonly Alert[], { base, scope, asOf }: { base: string; scope: string; asOf: string }): string {
  const self = `${base}/api/feeds/changes.atom${scope === 'default' ? '' : `?scope=${scope}`}`
  const dated = alerts.toSorted((a, b) => (a.change.at < b.change.at ? 1 : -1))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>urn:throughline:changes:${text(scope)}</id>`,
    `  <title>${text(`Changed lately${scope === 'default' ? '' : ` in ${scope}`}`)}</title>`,
    `  <updated>${text(dated[0]?.change.at ?? asOf)}</updated>`,
    '  <author><name>Throughline</name></author>',
    `  <link rel="self" type="application/atom+xml" href="${text(self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${text(`${base}/measures${scope === 'default' ? '' : `?scope=${scope}`}`)}"/>`,
    ...dated.flatMap((alert) => entry(alert, base, scope)),
    '</feed>',
    '',
  ].join('\n')
}

function entry(alert: Alert, base: string, scope: string): string[] {
  const { measure, subject, title, change, outcomes } = alert
  const search = new URLSearchParams({
    ...(scope === 'default' ? {} : { scope }),
    ...(subject.startsWith('namespace:') ? {} : { subject }),
  }).toString()
  const page = `${base}/measures/${encodeURIComponent(measure)}${search ? `?${search}` : ''}`
  const name = [measure, subject, change.at.slice(0, 10)].map(encodeURIComponent).join(':')
  return [
    '  <entry>',
    `    <id>urn:throughline:change:${name}</id>`,
    `    <title>${text(`${title} changed level${change.effect ? `, for the ${change.effect}` : ''}`)}</title>`,
    `    <updated>${text(change.at)}</updated>`,
    `    <link rel="alternate" type="text/html" href="${text(page)}"/>`,
    ...outcomes.map((outcome) => `    <category term="${text(outcome.ref)}" label="${text(outcome.title)}"/>`),
    `    <content type="text">${text(changeClaim(alert).text)}</content>`,
    '  </entry>',
  ]
}

/** Characters XML 1.0 does not allow at all (section 2.2). */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function text(value: string): string {
  return value.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ENTITIES[character]!)
}
