import { DAY, type Instant, type Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import { type Content, contentHash } from './hash.ts'
import type { EvidenceKind } from './kinds/index.ts'
import type { Taken } from './take.ts'

/** What the ledger asks about people; identity answers. */
export interface RecordPeople {
  readonly erased: Eye & {
    /** Number of the last erasure this process knows. */
    readonly latest: number
    catchUp(): Promise<boolean>
  }
  /** Keeps what names told of each other, in the open transaction. */
  learnt(by: Ref): Promise<void>
}

/** Recognises names of erased people. */
export interface Eye {
  readonly isEmpty: boolean
  isErased(name: string): boolean
  without(value: unknown): unknown
}

/** Records that were not taken, because nothing of them may be kept. */
export interface NotKept {
  /** They happened longer ago than their kind is kept. */
  beyondRetention: number
  /** They tell of nothing but a person who was erased. */
  erasedPerson: number
}

/** Fields that name things, moments and choices, never people. */
const OF_THINGS = new Set([
  'at',
  'basis',
  'sha',
  'parents',
  'commits',
  'mergeCommit',
  'commit',
  'environment',
  'outcome',
  'state',
  'measure',
  'indicator',
])

/** A record's content with erased people taken out of it; null when it tells of nothing but one of them. */
export function withoutErased(kind: EvidenceKind, subject: Ref, content: Content, eye: Eye): Content | null {
  if (isAbout(kind, subject, content, eye)) return null
  let changed = false
  const kept = Object.entries(content).map(([field, value]) => {
    const left = OF_THINGS.has(field) || field.endsWith('At') ? value : eye.without(value)
    changed ||= left !== value
    return [field, left] as const
  })
  return changed ? Object.fromEntries(kept) : content
}

function isAbout(kind: EvidenceKind, subject: Ref, { actor }: Content, eye: Eye): boolean {
  if (kind === 'product_event' && typeof actor === 'string' && eye.isErased(actor)) return true
  return subject.startsWith('user:') && eye.isErased(subject)
}

/** What may not be kept of a batch, as the store knows it now. Asked in the transaction that takes the batch. */
export async function keepable(
  store: Store,
  taken: readonly Taken[],
  { people, now }: { people: RecordPeople | null; now: Instant },
): Promise<{ kept: Taken[]; not: NotKept }> {
  const [known] = await store.query<{ erased: number | null; days: Partial<Record<EvidenceKind, number>> | null }>(
    sql`select (select max(id) from person_erased) as erased, (select json_object_agg(kind, days) from retention) as days`,
  )
  const { erased, days } = known!
  if (people && erased !== null && erased > people.erased.latest) await people.erased.catchUp()
  const not: NotKept = { beyondRetention: 0, erasedPerson: 0 }
  const eye = people && !people.erased.isEmpty ? people.erased : null
  if (!eye && !days) return { kept: [...taken], not }
  const kept = taken.flatMap((one): Taken[] => {
    const limit = days?.[one.kind]
    if (limit !== undefined && Date.parse(String(one.content.at)) < now - limit * DAY) {
      not.beyondRetention += 1
      return []
    }
    const content = eye ? withoutErased(one.kind, one.subject, one.content, eye) : one.content
    if (content === null) not.erasedPerson += 1
    if (content === null || content === one.content) return content === null ? [] : [one]
    return [{ ...one, content, hash: contentHash(content) }]
  })
  return { kept, not }
}
