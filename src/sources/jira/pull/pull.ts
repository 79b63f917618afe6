import * as z from 'zod'
import { type Instant, MINUTE } from '../../../ground/core/index.ts'
import { type Page, type PageAsk, type Pull, shaped } from '../../../ground/intake/index.ts'
import { JiraSettings } from '../settings.ts'
import { payloadsOf, updatedAt } from './changes.ts'
import { findings } from './findings.ts'
import type { Product } from './products.ts'
import { searchOf } from './search.ts'

/** All issues the token sees are one list: a Jira has one index of them. */
const ISSUES = 'issues'
/** With their histories, which are long. */
const AT_ONCE = 50

const Found = z.looseObject({
  issues: z.array(z.looseObject({})),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().nullish(),
  total: z.number().int().nullish(),
})

/** A search that begins at a moment, and the page in it. */
const Cursor = z.object({
  from: z.number().int(),
  token: z.string().optional(),
  startAt: z.number().int().optional(),
  total: z.number().int().optional(),
  /** It was begun again already, because its page was not known any more. */
  again: z.boolean().optional(),
})

/**
 * Issues by when they last changed, from the oldest. Each page begins at the minute the one before ended with, so that what
 * changes meanwhile moves no issue past us; only within a minute that fills more than a page do pages count on.
 */
export function pullOf(product: Product): Pull {
  return {
    contents: ['address', 'query', 'outcomeField', 'epicField'],
    streams: (settings) => (JiraSettings.parse(settings).address === undefined ? [] : [ISSUES]),
    reach(settings, { token }) {
      const { address = '' } = JiraSettings.parse(settings)
      const headers: Record<string, string> = token ? { authorization: product.authorization(token) } : {}
      return { base: address.replace(/\/+$/, ''), headers }
    },
    everySeconds(settings) {
      const { pollMinutes } = JiraSettings.parse(settings)
      return pollMinutes === 0 ? null : pollMinutes * 60
    },
    page: (ask) => pageOf(product, ask),
    test: (ask) => findings(product, JiraSettings.parse(ask.settings), ask),
  }
}

async function pageOf(product: Product, { cursor, since, until, settings, secrets, remote }: PageAsk): Promise<Page> {
  const { from, again, ...place } = cursor === null ? { from: minuteOf(since) } : Cursor.parse(cursor)
  // Searches answer a token that has ended with an empty list, as they would nobody; this does not.
  if (cursor === null && secrets.token) await remote.get(product.myself)
  const mayHaveEnded = place.token !== undefined && !again
  const search = new URLSearchParams({
    ...searchOf(JiraSettings.parse(settings), from, until),
    expand: 'changelog',
    maxResults: String(AT_ONCE),
    ...product.at(place),
  })
  const answer = await remote.get(`${product.search}?${search}`, { allow: mayHaveEnded ? [400] : [] })
  // Names of pages hold for seven days; a list may have been paused for longer.
  if (answer.status === 400) return { payloads: [], next: { from, again: true } }
  const found = shaped(Found, answer)
  const rest = product.after(found, place)
  const last = found.issues.map(updatedAt).findLast((at) => at !== null)
  const isFurther = last != null && minuteOf(last) > from && !(rest?.startAt === 0)
  return {
    payloads: found.issues.flatMap(payloadsOf),
    next: rest === null ? null : isFurther ? { from: minuteOf(last) } : { from, ...rest, ...(again ? { again } : {}) },
    ...(cursor === null && found.total != null ? { total: found.total } : {}),
  }
}

/** Jira compares moments by the second or, in places, by the minute. */
function minuteOf(at: Instant): Instant {
  return Math.floor(at / MINUTE) * MINUTE
}
