/** What of a page's state stands in its address. Everything is text; absent means the default. */
export type Search = { readonly [name: string]: string | undefined }

/** Reads `?scope=example&days=90`; the last of a repeated name wins. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text))
}

/** Writes it back, defaults and empty texts left out, in a stable order, `:` and `/` readable. */
export function writeSearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)]))
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
    .replaceAll('%2C', ',')
  return text ? `?${text}` : ''
}

/** What every page shares: whose world is looked at, and as it was known when. */
export interface Standpoint {
  /** A namespace: `default` is the organisation's own, `example` the example company. */
  scope?: string | undefined
  /** A day or moment; the present when left out. */
  asOf?: string | undefined
}

export function standpointOf(search: Search): Standpoint {
  return { scope: nameOrNothing(search.scope), asOf: momentOrNothing(search.asOf) }
}

/** A namespace that can exist; anything else in the address is dropped and not sent. */
function nameOrNothing(text: string | undefined): string | undefined {
  return text && text !== 'default' && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text) ? text.toLowerCase() : undefined
}

function momentOrNothing(text: string | undefined): string | undefined {
  return text && /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}

/** The standpoint as operations take it. A day means all that was known by its end (UTC). */
export function momentOf(search: Search): { scope?: string; asOf?: string } {
  const { scope, asOf } = standpointOf(search)
  return { ...(scope ? { scope } : {}), ...(asOf ? { asOf: asOf.length === 10 ? `${asOf}T23:59:59.999Z` : asOf } : {}) }
}

/** Whom a page of figures is about: what its address names, else everything in the namespace looked at. */
export function subjectOf(search: Search): string {
  return search.subject ?? `namespace:${standpointOf(search).scope ?? 'default'}`
}
