import * as z from 'zod'
import { DAY } from '../../../ground/core/index.ts'
import { type Finding, type PageAsk, shaped } from '../../../ground/intake/index.ts'
import type { JiraSettings } from '../settings.ts'
import type { Product } from './products.ts'
import { searchOf } from './search.ts'

const YEAR = 365 * DAY
const Found = z.looseObject({ issues: z.array(z.looseObject({})), total: z.number().int().nullish() })

/** Whether the token is accepted, and whether it sees any issue. */
export async function findings(
  product: Product,
  settings: JiraSettings,
  { secrets, remote }: Pick<PageAsk, 'secrets' | 'remote'>,
): Promise<Finding[]> {
  if (settings.address === undefined) return [{ ok: true, what: 'Nothing is to be read: this connection waits for webhooks alone.' }]
  if (secrets.token) await remote.get(product.myself)
  const token = secrets.token ? 'The token is accepted.' : 'There is no token, so only what is public is seen.'
  const now = Date.now()
  const search = new URLSearchParams({ ...searchOf(settings, now - YEAR, now), maxResults: '1' })
  const { issues, total } = shaped(Found, await remote.get(`${product.search}?${search}`))
  const which = settings.query ? ` of those meant by "${settings.query}"` : ''
  if (issues.length > 0)
    return [
      { ok: true, what: token },
      { ok: true, what: total == null ? `It sees issues${which}.` : `It sees ${total} issues${which} that changed within a year.` },
    ]
  return [
    { ok: true, what: token },
    {
      ok: false,
      what: `It sees no issue${which} that changed within a year.`,
      fix: 'Give its user the permission Browse Projects in the projects that are meant, or correct the query.',
    },
  ]
}
