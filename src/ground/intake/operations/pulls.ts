import * as z from 'zod'
import { formatInstant, type Instant, InstantSchema, operation } from '../../core/index.ts'
import { progressOf } from '../pulls/progress.ts'
import type { PullState } from '../pulls/pull.ts'
import type { Context } from './context.ts'

const Id = z.string().max(40)
const State = z.enum(['waiting', 'running', 'done', 'paused', 'failed'])

/** How far the past of a connection is read, all lists together; null where nothing is read. */
export const ProgressView = z
  .object({
    state: State,
    lists: z.number().int(),
    done: z.number().int(),
    failed: z.number().int(),
    pages: z.number().int(),
    records: z.number().int(),
    /** Things there are to read; null unless the other side says so. */
    total: z.number().int().nullable(),
    recordsPerMinute: z.number().nullable(),
    waitsUntil: z.string().nullable(),
    /** Why it waits until then. */
    why: z.string().nullable(),
    since: z.string(),
  })
  .nullable()

export const ListView = z.object({
  stream: z.string(),
  state: State,
  since: z.string(),
  pages: z.number().int(),
  records: z.number().int(),
  total: z.number().int().nullable(),
  /** How far back it has come. */
  reachedAt: z.string().nullable(),
  /** Failures in a row. */
  attempts: z.number().int(),
  dueAt: z.string().nullable(),
  why: z.string().nullable(),
  error: z.object({ at: z.string(), code: z.string(), message: z.string(), fix: z.string().optional() }).nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})

export const backfillConnection = operation({
  id: 'connection.backfill',
  method: 'post',
  path: '/connections/{id}/backfill',
  scope: 'admin',
  summary: 'Reads what a connected system knows of the past, from the beginning; what is known already stays as it is',
  input: z.strictObject({ id: Id, since: InstantSchema.optional() }),
  output: z.object({ id: z.string(), progress: ProgressView }),
  audit: 'connection.backfill',
  run: async ({ id, since }, { intake, clock }: Context) => {
    await intake.backfill(id, since)
    return { id, progress: progressView(await intake.pulls(id), clock()) }
  },
})

export const steerPulls = operation({
  id: 'connection.pulls',
  method: 'post',
  path: '/connections/{id}/pulls',
  scope: 'admin',
  summary: 'Pauses the reading of a connected system, goes on with what was paused or has failed, or ends it; deliveries are still taken',
  input: z.strictObject({ id: Id, action: z.enum(['pause', 'resume', 'stop']) }),
  output: z.object({ id: z.string(), progress: ProgressView }),
  audit: 'connection.pulls',
  run: async ({ id, action }, { intake, clock }: Context) => {
    await intake.steerPulls(id, action)
    return { id, progress: progressView(await intake.pulls(id), clock()) }
  },
})

/** Asks the other side, so it is no transaction and leaves no entry in the audit trail: nothing changes. */
export const testConnection = operation({
  id: 'connection.test',
  method: 'post',
  path: '/connections/{id}/test',
  scope: 'admin',
  summary: 'Asks a connected system what our secrets let us see, and says what is missing',
  input: z.strictObject({ id: Id }),
  output: z.object({ id: z.string(), findings: z.array(z.object({ ok: z.boolean(), what: z.string(), fix: z.string().optional() })) }),
  run: async ({ id }, { intake }: Context) => ({ id, findings: await intake.testConnection(id) }),
})

export function progressView(lists: readonly PullState[], now: Instant): z.output<typeof ProgressView> {
  const progress = progressOf(lists, now)
  return progress && { ...progress, since: formatInstant(progress.since), waitsUntil: textOf(progress.waitsUntil) }
}

export function listView({ connection: _, since, reachedAt, dueAt, startedAt, finishedAt, ...list }: PullState): z.output<typeof ListView> {
  return {
    ...list,
    since: formatInstant(since),
    reachedAt: textOf(reachedAt),
    dueAt: textOf(dueAt),
    startedAt: textOf(startedAt),
    finishedAt: textOf(finishedAt),
  }
}

function textOf(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
