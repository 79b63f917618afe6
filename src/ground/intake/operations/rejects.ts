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

/** Audited by intake itself: the door would hold the store in one transaction. */
export const retryRejects = operation({
  id: 'retry',
  method: 'post',
  path: '/rejects/retry',
  scope: 'write',
  summary: 'Reads rejects again, one or all: useful after an update, or when their kind is known now',
  input: z.strictObject({ id: Id.optional() }),
  output: z.object({ retried: z.number().int(), accepted: z.number().int(), rejected: z.number().int() }),
  run: ({ id }, { intake, caller }: Context) => intake.retry(id === undefined ? 'all' : { id }, caller.person),
})

/** Whoever may send records may send one in the place of another. */
export const correctReject = operation({
  id: 'reject.correct',
  method: 'post',
  path: '/rejects/{id}/correct',
  scope: 'evidence:write',
  summary: 'Takes a corrected line in the place of a refused one; where it is still refused, says why and leaves the line as it came',
  bodyLimit: 8 * 1024 * 1024,
  input: z.strictObject({ id: Id, body: z.string().min(1).max(2_000_000) }),
  output: z.object({
    accepted: z.boolean(),
    problem: z.object({ code: z.string(), message: z.string(), fix: z.string().optional(), path: z.string().optional() }).nullable(),
  }),
  run: async ({ id, body }, { intake, caller }: Context) => {
    const problem = await intake.correct(id, body, caller.person)
    return { accepted: problem === null, problem }
  },
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
