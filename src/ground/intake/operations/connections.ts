import * as z from 'zod'
import { formatInstant, type Instant, operation } from '../../core/index.ts'
import type { Connection, ConnectionDay } from '../connections/connection.ts'
import type { SourceDefinition } from '../connections/source.ts'
import type { PullState } from '../pulls/pull.ts'
import { stateOf, STATES } from '../connections/state.ts'
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
  state: z.enum(STATES),
  lastAt: z.string().nullable(),
  lastEvent: z
    .object({
      at: z.string(),
      event: z.string(),
      /** Records it was read as, of which the first are named. */
      read: z.number().int(),
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
    const rhythms = await intake.connectionRhythms()
    return {
      connections: (await intake.connections()).map((one) =>
        viewOf(one, sourceOf(intake.sources(), one), {
          days: days.get(one.id) ?? [],
          times: rhythms.get(one.id) ?? [],
          lists: lists.get(one.id) ?? [],
          now: clock(),
        }),
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
    const times = (await intake.connectionRhythms()).get(id) ?? []
    const source = sourceOf(intake.sources(), one)
    return {
      ...viewOf(one, source, { days, times, lists, now: clock() }),
      pulls: (source?.pull?.streams(one.settings).length ?? 0) > 0,
      lists: lists.slice(0, MOST_LISTS).map(listView),
      moreLists: Math.max(0, lists.length - MOST_LISTS),
    }
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

function sourceOf(sources: readonly SourceDefinition[], { source }: Connection): SourceDefinition | undefined {
  return sources.find(({ kind }) => kind === source)
}

function viewOf(
  connection: Connection,
  definition: SourceDefinition | undefined,
  { days, times, lists, now }: { days: readonly ConnectionDay[]; times: readonly Instant[]; lists: readonly PullState[]; now: Instant },
): z.output<typeof ConnectionView> {
  const { id, source, name, settings, createdAt, createdBy, lastEvent } = connection
  const lastAt = times.at(-1) ?? (lastEvent ? Date.parse(lastEvent.at) : null)
  return {
    id,
    source,
    title: definition?.title ?? source,
    name,
    settings: { ...settings },
    createdAt: formatInstant(createdAt),
    createdBy,
    state: stateOf(connection, { times, lists, isPushed: definition?.push !== undefined }, now),
    lastAt: lastAt === null ? null : formatInstant(lastAt),
    lastEvent: lastEvent && { ...lastEvent, read: lastEvent.read ?? lastEvent.records.length },
    lastRefusal: days.findLast((day) => day.lastRefusal !== null)?.lastRefusal ?? null,
    days: days.map(({ lastAt: _at, lastRefusal: _refusal, ...day }) => day),
    progress: progressView(lists, now),
  }
}
