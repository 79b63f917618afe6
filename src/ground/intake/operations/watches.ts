import * as z from 'zod'
import { formatInstant, operation } from '../../core/index.ts'
import type { Watch } from '../intake.ts'
import type { Context } from './context.ts'

const Id = z.coerce.number().int().positive()
const Kind = z.enum(['repository', 'folder'])

const WatchView = z.object({
  id: z.number().int(),
  kind: Kind,
  path: z.string(),
  everySeconds: z.number().int(),
  lastRunAt: z.string().nullable(),
  /** Why the last run failed; null when it did not. */
  lastError: z.string().nullable(),
  /** What the last good run found. */
  lastResult: z.record(z.string(), z.unknown()).nullable(),
})

export const listWatches = operation({
  id: 'watches',
  method: 'get',
  path: '/watches',
  scope: 'read',
  summary: 'Repositories and folders that are read again on a schedule, and how the last reading went',
  input: z.strictObject({}),
  output: z.object({ watches: z.array(WatchView) }),
  run: async (_, { intake }: Context) => ({ watches: (await intake.watches()).map(viewOf) }),
})

export const addWatch = operation({
  id: 'watch.add',
  method: 'post',
  path: '/watches',
  scope: 'admin',
  summary: 'Reads a repository or folder of this machine again and again',
  input: z.strictObject({ kind: Kind, path: z.string().min(1).max(4_000), everySeconds: z.number().int().min(10).max(86_400).optional() }),
  output: WatchView,
  audit: 'watch.add',
  run: async (ask, { intake, caller }: Context) => viewOf(await intake.watch(ask, caller.person)),
})

export const removeWatch = operation({
  id: 'watch.remove',
  method: 'delete',
  path: '/watches/{id}',
  scope: 'admin',
  summary: 'Stops reading it; what was read stays',
  input: z.strictObject({ id: Id }),
  output: z.object({ id: z.number().int(), removed: z.literal(true) }),
  audit: 'watch.remove',
  run: async ({ id }, { intake, caller }: Context) => {
    await intake.unwatch(id, caller.person)
    return { id, removed: true as const }
  },
})

const CursorKey = z.string().min(1).max(4_000)

/** Cursors live among the settings under a prefix of their own, so that no other setting can be reached this way. */
const settingOf = (key: string) => `cursor:${key}`

export const readCursor = operation({
  id: 'cursor.read',
  method: 'get',
  path: '/cursors',
  scope: 'evidence:write',
  summary: 'Where a scan that runs elsewhere goes on',
  input: z.strictObject({ key: CursorKey }),
  output: z.object({ cursor: z.record(z.string(), z.unknown()).nullable() }),
  run: async ({ key }, { intake }: Context) => ({ cursor: await intake.setting<Record<string, unknown>>(settingOf(key)) }),
})

export const writeCursor = operation({
  id: 'cursor.write',
  method: 'put',
  path: '/cursors',
  scope: 'evidence:write',
  summary: 'Remembers where a scan that runs elsewhere goes on',
  bodyLimit: 16 * 1024 * 1024,
  input: z.strictObject({ key: CursorKey, cursor: z.record(z.string(), z.unknown()) }),
  output: z.object({ key: z.string() }),
  run: async ({ key, cursor }, { intake }: Context) => {
    await intake.setSetting(settingOf(key), cursor)
    return { key }
  },
})

function viewOf({ id, kind, path, everySeconds, lastRunAt, lastError, lastResult }: Watch): z.output<typeof WatchView> {
  return { id, kind, path, everySeconds, lastError, lastResult, lastRunAt: lastRunAt === null ? null : formatInstant(lastRunAt) }
}
