import * as z from 'zod'
import { formatInstant, operation } from '../../core/index.ts'
import { KEPT_KINDS, type Retention } from '../retention/retention.ts'
import type { Context } from './context.ts'

const Kind = z.enum(KEPT_KINDS)
/** A hundred years. */
const MOST_DAYS = 36_525

const RetentionView = z.object({
  kind: Kind,
  /** Null: for good. */
  days: z.number().int().nullable(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** Records forgotten so far; their counts by day stay. */
  forgotten: z.number().int(),
  forgottenAt: z.string().nullable(),
})

export const listRetention = operation({
  id: 'retention.list',
  method: 'get',
  path: '/retention',
  scope: 'read',
  summary: 'How long each kind of record is kept, and how much of it was forgotten',
  input: z.strictObject({}),
  output: z.object({ retention: z.array(RetentionView) }),
  run: async (_, { intake }: Context) => ({ retention: (await intake.retention()).map(viewOf) }),
})

export const previewRetention = operation({
  id: 'retention.preview',
  method: 'get',
  path: '/retention/{kind}/preview',
  scope: 'read',
  summary: 'What keeping a kind of record for so many days would forget; changes nothing',
  input: z.strictObject({ kind: Kind, days: z.coerce.number().int().min(1).max(MOST_DAYS) }),
  output: z.object({
    kind: Kind,
    days: z.number().int(),
    /** What happened before that would be forgotten. */
    before: z.string(),
    records: z.number().int(),
    /** How many there are now. */
    of: z.number().int(),
  }),
  run: async ({ kind, days }, { intake }: Context) => {
    const { before, ...counts } = await intake.wouldForget(kind, days)
    return { kind, days, before: formatInstant(before), ...counts }
  },
})

export const setRetention = operation({
  id: 'retention.set',
  method: 'put',
  path: '/retention/{kind}',
  scope: 'admin',
  summary: 'Keeps a kind of record for so many days; null keeps it for good. What is older is forgotten within the hour',
  input: z.strictObject({ kind: Kind, days: z.coerce.number().int().min(1).max(MOST_DAYS).nullable() }),
  output: RetentionView,
  audit: 'retention.set',
  run: async ({ kind, days }, { intake, caller }: Context) => viewOf(await intake.keepFor(kind, days, caller.person)),
})

function viewOf({ at, forgottenAt, ...one }: Retention): z.output<typeof RetentionView> {
  return { ...one, at: at === null ? null : formatInstant(at), forgottenAt: forgottenAt === null ? null : formatInstant(forgottenAt) }
}
