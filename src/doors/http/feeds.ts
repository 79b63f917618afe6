import type { Context } from 'hono'
import { formatInstant } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { alertOperations, alertsOf, feedOfChanges, feedOfDecisions, LogWish } from '../../houses/communication/index.ts'
import { momentOf } from '../../houses/vision/index.ts'
import type { DoorEnv } from './caller.ts'
import type { KeptAnswers } from './kept.ts'
import { demand } from './route.ts'

const [{ input: Asked }] = alertOperations

/** `GET /api/feeds/changes.atom`: changes of level for feed readers; takes what `/api/alerts` takes. */
export function changesFeed(ground: Ground, kept: KeptAnswers): (context: Context<DoorEnv>) => Promise<Response> {
  return async (context) => {
    demand(context.get('caller'), 'read')
    const ask = await Asked.parseAsync(context.req.query())
    const base = new URL(context.req.url).origin
    const { text } = await kept.answer(`changes.atom ${base} ${JSON.stringify(ask)}`, async () => {
      const when = await momentOf(ask, ground)
      return feedOfChanges(await alertsOf(when, ground), { base, scope: when.scope, asOf: formatInstant(when.asOf) })
    })
    return atom(context, text)
  }
}

/** `GET /api/feeds/decisions.atom`: decisions that changed last, for feed readers; narrowed as `/api/decisions` is. */
export function decisionsFeed(ground: Ground, kept: KeptAnswers): (context: Context<DoorEnv>) => Promise<Response> {
  return async (context) => {
    demand(context.get('caller'), 'read')
    const query = context.req.query()
    const search = Object.fromEntries(Object.entries(query).filter(([name, value]) => name in LogWish.shape && value !== ''))
    const wish = await LogWish.parseAsync(search)
    const base = new URL(context.req.url).origin
    const { text } = await kept.answer(`decisions.atom ${base} ${JSON.stringify(search)}`, async () =>
      feedOfDecisions(wish, await momentOf(wish, ground), ground, { base, search }),
    )
    return atom(context, text)
  }
}

/** A feed as it was kept: JSON of its text. */
function atom(context: Context<DoorEnv>, kept: string): Response {
  return context.body(JSON.parse(kept) as string, 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
}
