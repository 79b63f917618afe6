import * as z from 'zod'
import { formatInstant, operation } from '../../core/index.ts'
import type { Context } from './context.ts'

const Id = z.coerce.number().int().positive()

const RejectView = z.object({
  id: z.number().int(),
  importId: z.number().int(),
  at: z.string(),
  /** What was imported: a file, a sender. */
  label: z.string(),
  code: z.string(),
  message: z.string(),
  fix: z.string().optional(),
  line: z.number().int().optional(),
  /** How often it was read again in vain. */
  attempts: z.number().int(),
})

export const listRejects = operation({
  id: 'rejects',
  method: 'get',
  path: '/rejects',
  scope: 'read',
  summary: 'Lines that could not be read, each with the reason and what to do about it; newest first',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50), offset: z.coerce.number().int().min(0).default(0) }),
  /** `dropped`: the oldest that had to go, because only 10,000 rejects (256 MiB) are kept. */
  output: z.object({ total: z.number().int(), dropped: z.number().int(), rejects: z.array(RejectView) }),
  run: async (ask, { intake }: Context) => {
    const { rejects, ...counts } = await intake.rejects(ask)
    return { ...counts, rejects: rejects.map((reject) => ({ ...reject, at: formatInstant(reject.at) })) }
  },
})

export const readReject = operation({
  id: 'reject.body',
  method: 'get',
  path: '/rejects/{id}',
  scope: 'write',
  summary: 'The line itself, as it came',
  input: z.strictObject({ id: Id }),
  output: z.object({ id: z.number().int(), body: z.string() }),
  run: async ({ id }, { intake }: Context) => ({ id, body: await intake.rejectBody(id) }),
})

export const retryRejects = operation({
  id: 'retry',
  method: 'post',
  path: '/rejects/retry',
  scope: 'write',
  summary: 'Reads rejects again, one or all: useful after an update, or when their kind is known now',
  input: z.strictObject({ id: Id.optional() }),
  output: z.object({ retried: z.number().int(), accepted: z.number().int(), rejected: z.number().int() }),
  audit: 'reject.retry',
  run: ({ id }, { intake, caller }: Context) => intake.retry(id === undefined ? 'all' : { id }, caller.person),
})

export const discardReject = operation({
  id: 'discard',
  method: 'delete',
  path: '/rejects/{id}',
  scope: 'write',
  summary: 'Throws a refused line away',
  input: z.strictObject({ id: Id }),
  output: z.object({ id: z.number().int(), discarded: z.literal(true) }),
  audit: 'reject.discard',
  run: async ({ id }, { intake, caller }: Context) => {
    await intake.discard(id, caller.person)
    return { id, discarded: true as const }
  },
})
