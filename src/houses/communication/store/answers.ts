import * as z from 'zod'
import { type Instant, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type AnswerEntry, keyOf } from '../decide/answers.ts'
import type { ToDecide } from '../decide/deciding.ts'

type Context = Pick<Ground, 'identity'>

/** Where the audit trail keeps what was said to things that wait for a decision. */
const TARGET = 'deciding'
/** Entries looked at: people do not say as much within the time a default stands. */
const MOST_ENTRIES = 1_000

const Detail = z.object({
  key: z.string(),
  refs: z.array(z.string()),
  does: z.enum(['keep', 'reopen', 'ask', 'settle']),
  id: z.string().optional(),
  text: z.string().optional(),
})
type Detail = z.infer<typeof Detail>

/** What people said by then, newest first. */
export async function answersBy(asOf: Instant, { identity }: Context): Promise<AnswerEntry[]> {
  const trail = await identity.auditTrail({ target: TARGET, limit: MOST_ENTRIES })
  return trail.flatMap(({ at: on, person: by, detail }) => {
    const read = Detail.safeParse(detail)
    return read.success && on <= asOf ? [{ ...read.data, by, on }] : []
  })
}

/**
 * Notes what somebody says to what waits under a key: takes the default, or asks something.
 * @throws Refusal where nothing of that name waits
 */
export async function noteAnswer(
  said: { key: string; scope: string; does: 'keep' | 'ask'; id?: string; text?: string },
  waiting: readonly ToDecide[],
  by: Ref,
  context: Context,
): Promise<void> {
  const { scope, ...detail } = said
  const item = waiting.find((one) => keyOf(one, scope) === said.key)
  if (!item)
    throw new Refusal('deciding.not_waiting', 'This does not wait for a decision, or no more', {
      status: 404,
      path: 'key',
      fix: 'Open Monday again: it lists what waits now.',
    })
  await note({ ...detail, refs: aboutOf(item) }, by, context)
}

/**
 * Notes that a default is taken back, that a question is settled, or that it is asked again after all.
 * @throws Refusal where nothing was said that this could be about
 */
export async function noteAfter(
  said: { does: 'reopen'; key: string } | { does: 'settle' | 'ask'; id: string },
  by: Ref,
  context: Context,
  asOf: Instant,
): Promise<void> {
  const entries = await answersBy(asOf, context)
  const before = entries.find((entry) =>
    said.does === 'reopen' ? entry.key === said.key && entry.does === 'keep' : entry.id === said.id && entry.does === 'ask',
  )
  if (!before)
    throw new Refusal('deciding.nothing_said', 'Nothing was said here that could be taken back', {
      status: 404,
      fix: 'Open Monday again: it lists what was said.',
    })
  const { key, refs, id, text } = before
  await note({ key, refs, does: said.does, ...(id ? { id } : {}), ...(text ? { text } : {}) }, by, context)
}

async function note(detail: Detail, by: Ref, { identity }: Context): Promise<void> {
  await identity.audit({ person: by, verb: `deciding.${detail.does}`, target: TARGET, detail })
}

function aboutOf(item: ToDecide): Ref[] {
  if ('decision' in item) return [item.decision.ref]
  if ('decisions' in item) return item.decisions.map(({ ref }) => ref)
  if ('exception' in item) return [item.exception.ref, item.exception.from]
  return 'review' in item ? [...(item.review.open ? [item.review.open.ref] : []), item.review.vision] : []
}
