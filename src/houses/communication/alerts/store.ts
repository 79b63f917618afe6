import * as z from 'zod'
import { AUDIENCES, headlinesOf } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { newsOf } from '../../../ground/measures/index.ts'
import { type Moment, readOutcome } from '../../vision/index.ts'
import { type Alert, isOf, seenBy, type SeenEntry, watchedOf, worstFirst } from './decide.ts'
import { toldChanges } from './told.ts'

type Context = Pick<Ground, 'measures' | 'catalog' | 'store' | 'identity'>

/** For how long a change is news, from when it could first be told from noise. */
const NEWS_DAYS = 14
/** Entries looked at: of a fortnight there are never as many. */
const MOST_ENTRIES = 1_000

/** Changes of level of headline measures and of the measures of outcomes that became visible within a fortnight, worst first. */
export async function alertsOf({ scope, at, asOf }: Moment, context: Context): Promise<Alert[]> {
  const { catalog, store } = context
  const stated = (kind: string) => catalog.list({ kind, namespace: scope, limit: 1_000 }, asOf)
  const outcomes = (await stated('outcome')).flatMap((entity) => readOutcome(entity) ?? [])
  const declared = await stated('measure')
  const headlines = AUDIENCES.flatMap((audience) => headlinesOf(declared, audience).map((id) => ({ id, audiences: [audience] })))
  const watched = watchedOf(scope, outcomes, headlines)
  const since = at - NEWS_DAYS * DAY
  const news = await newsOf({ watches: watched, since, at, asOf }, context)
  if (news.length === 0) return []
  const entries = await seenEntries(scope, asOf, context)
  const told = await toldChanges(scope, asOf, store)
  const why = new Map(watched.map((one) => [`${one.measure} ${one.subject}`, one]))
  return worstFirst(
    news.map((one) => ({
      ...why.get(`${one.measure} ${one.subject}`)!,
      ...one,
      seen: seenBy(one, entries),
      told: told.find((change) => isOf(change, one))?.id ?? null,
    })),
  )
}

const Detail = z.object({ measure: z.string(), subject: z.string(), at: z.string(), up: z.boolean(), seen: z.boolean() })

const targetOf = (scope: string) => `changes:${scope}`

/** What people have put aside, as the audit trail has it. */
async function seenEntries(scope: string, asOf: Instant, { identity }: Context): Promise<SeenEntry[]> {
  const trail = await identity.auditTrail({ target: targetOf(scope), limit: MOST_ENTRIES })
  return trail.flatMap(({ at: on, person: by, detail }) => {
    const read = Detail.safeParse(detail)
    return read.success && on <= asOf ? [{ ...read.data, by, on }] : []
  })
}

/** Notes who has put a change aside, or has taken that back. */
export async function noteSeen(
  { scope, ...detail }: z.infer<typeof Detail> & { scope: string },
  by: Ref,
  { identity }: Pick<Ground, 'identity'>,
): Promise<void> {
  await identity.audit({ person: by, verb: detail.seen ? 'change.seen' : 'change.unseen', target: targetOf(scope), detail })
}
