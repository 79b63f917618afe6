import * as z from 'zod'
import { operation } from '../../core/index.ts'
import type { OpenConnection } from '../connections/connection.ts'
import type { Context } from './context.ts'

/** What is copied to the other side. */
const ToCopy = z.object({
  id: z.string(),
  /** Path below this server's own address. */
  path: z.string(),
  secrets: z.record(z.string(), z.string()),
  steps: z.array(z.string()),
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
  output: ToCopy,
  audit: 'connection.create',
  run: async (ask, { intake, caller }: Context) => toCopy(await intake.connect(ask, caller.person), intake),
})

export const renewConnection = operation({
  id: 'connection.renew',
  method: 'post',
  path: '/connections/{id}/renew',
  scope: 'admin',
  summary: 'Makes the address of a connection and the secrets made here anew, told this once; nothing is taken by the old ones any more',
  input: z.strictObject({ id: z.string().max(40) }),
  output: ToCopy,
  audit: 'connection.renew',
  run: async ({ id }, { intake }: Context) => toCopy(await intake.renewConnection(id), intake),
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

/** Secrets the other side made are known there; only those made here are told. */
function toCopy({ id, key, secrets, source }: OpenConnection, intake: Context['intake']): z.output<typeof ToCopy> {
  const { steps, secrets: fields } = intake.sources().find(({ kind }) => kind === source)!
  const made = fields.filter((field) => field.made === 'here').flatMap(({ name }) => (secrets[name] ? [[name, secrets[name]]] : []))
  return { id, path: `/hooks/${id}/${key}`, secrets: Object.fromEntries(made) as Record<string, string>, steps: [...steps] }
}
