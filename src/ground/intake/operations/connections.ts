import * as z from 'zod'
import { formatInstant, type Instant, operation } from '../../core/index.ts'
import type { Connection, ConnectionDay } from '../connections/connection.ts'
import type { SourceDefinition } from '../connections/source.ts'
import type { PullState } from '../pulls/pull.ts'
import { isSilent } from '../connections/silence.ts'
import type { Context } from './context.ts'
import { ListView, listView, ProgressView, progressView } from './pulls.ts'

/** Days of health that are told. */
const DAYS = 14
/** Lists that are told one by one, those that need people first. */
const MOST_LISTS = 200
const ProblemView = z.object({ code: z.string(), message: z.string(), fix: z.string().optional(), path: z.string().optional() })

const SourceView = z.object({
  kind: z.string(),
  title: z.string(),
  brings: z.string(),
  /** What is set on the other side; `{address}` and `{secret:<name>}` stand for what is copied. */
  steps: z.array(z.string()),
  /** JSON Schema of the settings. */
  settings: z.record(z.string(), z.unknown()),
  secrets: z.array(
    z.object({ name: z.string(), label: z.string(), made: z.enum(['here', 'there']), optional: z.boolean(), afterwards: z.boolean() }),
  ),
  pushes: z.boolean(),
  /** Whether its past can be read. */
  pulls: z.boolean(),
})

const DayView = z.object({
  day: z.string(),
  deliveries: z.number().int(),
  accepted: z.number().int(),
  revised: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  ignored: z.number().int(),
  refused: z.number().int(),
  /** Mean seconds from happening to being taken; null without records. */
  lagSeconds: z.number().nullable(),
})

const ConnectionView = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  createdBy: z.string(),
  state: z.enum(['waiting', 'flowing', 'silent', 'paused']),
  lastAt: z.string().nullable(),
  lastEvent: z
    .object({
      at: z.string(),
      event: z.string(),
      records: z.array(z.object({ kind: z.string(), id: z.string(), subject: z.string(), title: z.string().optional() })),
      problems: z.array(ProblemView),
      ignored: z.string().optional(),
    })
    .nullable(),
  lastRefusal: z.object({ at: z.string(), code: z.string(), message: z.string() }).nullable(),
  days: z.array(DayView),
  progress: ProgressView,
})

export const listSources = operation({
  id: 'source.list',
  method: 'get',
  path: '/sources',
  scope: 'read',
  summary: 'Systems that can be connected, and what is to be set on their side',
  input: z.strictObject({}),
  output: z.object({ sources: z.array(SourceView) }),
  run: async (_, { intake }: Context) => ({ sources: intake.sources().map(sourceView) }),
})

export const listConnections = operation({
  id: 'connection.list',
  method: 'get',
  path: '/connections',
  scope: 'read',
  summary: 'Connected systems and how each is doing',
  input: z.strictObject({}),
  output: z.object({ connections: z.array(ConnectionView) }),
  run: async (_, { intake, clock }: Context) => {
    const days = await intake.connectionDays(DAYS)
    const lists = Map.groupBy(await intake.pulls(), ({ connection }) => connection)
    return {
      connections: (await intake.connections()).map((one) =>
        viewOf(one, titleOf(intake.sources(), one), { days: days.get(one.id) ?? [], lists: lists.get(one.id) ?? [], now: clock() }),
      ),
    }
  },
})

export const readConnection = operation({
  id: 'connection.read',
  method: 'get',
  path: '/connections/{id}',
  scope: 'read',
  summary: 'One connected system, what its last delivery was read as, and how far its lists are read',
  input: z.strictObject({ id: z.string().max(40) }),
  output: ConnectionView.extend({ pulls: z.boolean(), lists: z.array(ListView), moreLists: z.number().int() }),
  run: async ({ id }, { intake, clock }: Context) => {
    const one = await intake.connection(id)
    const lists = await intake.pulls(id)
    const days = (await intake.connectionDays(DAYS)).get(id) ?? []
    const source = intake.sources().find(({ kind }) => kind === one.source)
    return {
      ...viewOf(one, titleOf(intake.sources(), one), { days, lists, now: clock() }),
      pulls: (source?.pull?.streams(one.settings).length ?? 0) > 0,
      lists: lists.slice(0, MOST_LISTS).map(listView),
      moreLists: Math.max(0, lists.length - MOST_LISTS),
    }
  },
})

export const connectSource = operation({
  id: 'connection.create',
  method: 'post',
  path: '/connections',
  scope: 'admin',
  summary: 'Connects a system; its address and secrets are told this once',
  input: z.strictObject({
    source: z.string().max(40),
    name: z.string().max(200).optional(),
    settings: z.record(z.string().max(100), z.unknown()).default({}),
    secrets: z.record(z.string().max(100), z.string().max(10_000)).default({}),
  }),
  output: z.object({
    id: z.string(),
    /** Path below this server's own address. */
    path: z.string(),
    secrets: z.record(z.string(), z.string()),
    steps: z.array(z.string()),
  }),
  audit: 'connection.create',
  run: async (ask, { intake, caller }: Context) => {
    const { id, key, secrets, source } = await intake.connect(ask, caller.person)
    const { steps } = intake.sources().find(({ kind }) => kind === source)!
    return { id, path: `/hooks/${id}/${key}`, secrets, steps: [...steps] }
  },
})

export const pauseConnection = operation({
  id: 'connection.pause',
  method: 'post',
  path: '/connections/{id}/pause',
  scope: 'admin',
  summary: 'Turns deliveries away until it is resumed; senders that repeat lose nothing',
  input: z.strictObject({ id: z.string().max(40), paused: z.boolean() }),
  output: z.object({ id: z.string(), paused: z.boolean() }),
  audit: 'connection.pause',
  run: async ({ id, paused }, { intake }: Context) => ({ id, paused: (await intake.pauseConnection(id, paused)).pausedAt !== null }),
})

export const giveSecrets = operation({
  id: 'connection.secrets',
  method: 'put',
  path: '/connections/{id}/secrets',
  scope: 'admin',
  summary: 'Keeps secrets that the other side made, also in place of earlier ones',
  input: z.strictObject({ id: z.string().max(40), secrets: z.record(z.string().max(100), z.string().max(10_000)) }),
  output: z.object({ id: z.string(), given: z.array(z.string()) }),
  audit: 'connection.secrets',
  run: async ({ id, secrets }, { intake }: Context) => {
    await intake.giveSecrets(id, secrets)
    return { id, given: Object.keys(secrets) }
  },
})

export const removeConnection = operation({
  id: 'connection.remove',
  method: 'delete',
  path: '/connections/{id}',
  scope: 'admin',
  summary: 'Forgets a connection; what it brought stays',
  input: z.strictObject({ id: z.string().max(40) }),
  output: z.object({ id: z.string(), removed: z.literal(true) }),
  audit: 'connection.remove',
  run: async ({ id }, { intake }: Context) => {
    await intake.disconnect(id)
    return { id, removed: true as const }
  },
})

function sourceView({ kind, title, brings, steps, settings, secrets, push, pull }: SourceDefinition): z.output<typeof SourceView> {
  const { $schema: _, ...schema } = z.toJSONSchema(settings, { io: 'output', unrepresentable: 'any' })
  return {
    kind,
    title,
    brings,
    steps: [...steps],
    settings: schema,
    secrets: secrets.map(({ optional = false, afterwards = false, ...secret }) => ({ ...secret, optional, afterwards })),
    pushes: push !== undefined,
    pulls: pull !== undefined,
  }
}

function titleOf(sources: readonly SourceDefinition[], { source }: Connection): string {
  return sources.find(({ kind }) => kind === source)?.title ?? source
}

function viewOf(
  connection: Connection,
  title: string,
  { days, lists, now }: { days: readonly ConnectionDay[]; lists: readonly PullState[]; now: Instant },
): z.output<typeof ConnectionView> {
  const { id, source, name, settings, createdAt, createdBy, pausedAt, lastEvent } = connection
  const lastAt = days.findLast((day) => day.lastAt !== null)?.lastAt ?? (lastEvent ? Date.parse(lastEvent.at) : null)
  return {
    id,
    source,
    title,
    name,
    settings: { ...settings },
    createdAt: formatInstant(createdAt),
    createdBy,
    state: pausedAt !== null ? 'paused' : lastAt === null ? 'waiting' : isSilent(days, now) ? 'silent' : 'flowing',
    lastAt: lastAt === null ? null : formatInstant(lastAt),
    lastEvent,
    lastRefusal: days.findLast((day) => day.lastRefusal !== null)?.lastRefusal ?? null,
    days: days.map(({ lastAt: _at, lastRefusal: _refusal, ...day }) => day),
    progress: progressView(lists, now),
  }
}
