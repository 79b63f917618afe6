/** A feed as Atom (RFC 4287) has it. */
export interface Feed {
  /** Lasting name, a URN. */
  id: string
  title: string
  /** ISO 8601, as all moments here. */
  updated: string
  /** Where the feed itself is. */
  self: string
  /** The page that shows the same. */
  page: string
  entries: readonly FeedEntry[]
}

export interface FeedEntry {
  /** Lasting name, a URN: the same however often the feed is fetched. */
  id: string
  title: string
  updated: string
  published?: string | undefined
  page: string
  categories: readonly { term: string; label?: string | undefined }[]
  summary?: string
  content: { type: 'text' | 'html'; body: string }
}

/** The feed as XML. */
export function renderAtom(feed: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${text(feed.id)}</id>`,
    `  <title>${text(feed.title)}</title>`,
    `  <updated>${text(feed.updated)}</updated>`,
    '  <author><name>Throughline</name></author>',
    `  <link rel="self" type="application/atom+xml" href="${text(feed.self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${text(feed.page)}"/>`,
    ...feed.entries.flatMap(entry),
    '</feed>',
    '',
  ].join('\n')
}

function entry({ id, title, updated, published, page, categories, summary, content }: FeedEntry): string[] {
  return [
    '  <entry>',
    `    <id>${text(id)}</id>`,
    `    <title>${text(title)}</title>`,
    `    <updated>${text(updated)}</updated>`,
    ...(published ? [`    <published>${text(published)}</published>`] : []),
    `    <link rel="alternate" type="text/html" href="${text(page)}"/>`,
    ...categories.map(({ term, label }) => `    <category term="${text(term)}"${label ? ` label="${text(label)}"` : ''}/>`),
    ...(summary ? [`    <summary>${text(summary)}</summary>`] : []),
    `    <content type="${content.type}">${text(content.body)}</content>`,
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
