import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import {
  type Caller,
  DEFAULT_NAMESPACE,
  formatInstant,
  InstantSchema,
  operation,
  RefSchema,
  refNamespace,
  Refusal,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { matches } from '../decide/alerts.ts'
import { deliverAgain, deliveriesOf } from './deliver.ts'
import {
  CHANGES_OF,
  DESTINATION_KINDS,
  destinations,
  pauseDestination,
  reachOf,
  removeDestination,
  setChanges,
  setDestination,
} from './destinations.ts'
import { acknowledge, type BurnAlert, history, standing } from './inbox.ts'
import { trialNotice } from './notice.ts'
import { send } from './send/index.ts'
import { commonDependency } from '../telemetry/index.ts'
import { endSilence, holds, silence, silences } from './silences.ts'
import { AlertView, alertView, DestinationView, destinationView, SilenceView, silenceView } from './view.ts'
import { type Watch, watchesOf } from './watches.ts'

const Scope = z.string().trim().toLowerCase().max(63).default(DEFAULT_NAMESPACE)
const Target = RefSchema.refine((ref) => ref.startsWith('alertnotificationtarget:'), {
  error: 'is not the ref of a notification target; write for example alertnotificationtarget:default/on-call',
})
type Acting = Ground & { caller: Caller }

export const burnAlertOperations = [
  operation({
    id: 'burn.alerts',
    method: 'get',
    path: '/burn-alerts',
    scope: 'read',
    summary: 'Alerts on burn rates: those that fire or are about to, first; then those that are over, silences, and who is told how',
    input: z.object({ scope: Scope }),
    output: z.object({
      at: z.string(),
      /** Rules of objectives that are looked at. */
      watched: z.number().int(),
      standing: z.array(AlertView),
      /** What most services whose alerts fire depend on, directly or through others; null where there is no such thing. */
      common: z.object({ ref: z.string(), covers: z.number().int(), of: z.number().int(), fires: z.boolean() }).nullable(),
      history: z.array(AlertView),
      silences: z.array(SilenceView),
      destinations: z.array(DestinationView),
    }),
    run: async ({ scope }, ground: Ground) => inboxOf(scope, ground),
  }),
  operation({
    id: 'burn.acknowledge',
    method: 'post',
    path: '/burn-alerts/{id}/acknowledge',
    scope: 'write',
    audit: 'alert.acknowledge',
    summary: 'Says that somebody looks after an alert, or takes that back',
    input: z.strictObject({ id: z.coerce.number().int().min(1), acknowledged: z.boolean().default(true) }),
    output: z.object({ id: z.number().int(), acknowledged: z.boolean() }),
    run: async ({ id, acknowledged }, ground: Acting) => {
      await acknowledge(id, acknowledged, ground.caller.person, ground)
      return { id, acknowledged }
    },
  }),
  operation({
    id: 'burn.silence',
    method: 'post',
    path: '/burn-silences',
    scope: 'write',
    audit: 'alert.silence',
    summary: 'Tells nobody of some alerts until a moment: those of a service, a promise, a severity, or all of a namespace',
    input: z.strictObject({
      scope: Scope,
      service: RefSchema.nullish(),
      slo: RefSchema.nullish(),
      severity: z.string().trim().min(1).max(60).nullish(),
      reason: z.string().trim().min(1, 'say why').max(1_000),
      until: InstantSchema,
    }),
    output: SilenceView,
    run: async ({ scope, service = null, slo = null, severity = null, reason, until }, ground: Acting) => {
      const isMeant = ({ slo: one }: Watch) => (slo === null || one.ref === slo) && (service === null || one.service === service)
      if (!(await watchesOf(ground)).some(isMeant) && (slo !== null || service !== null))
        throw new Refusal('alerts.nothing_watched', `Nothing is watched that is ${[slo, service].filter(Boolean).join(' of ')}.`, {
          status: 404,
          fix: '"throughline slo" lists what is promised, and of which services.',
        })
      const made = await silence({ namespace: scope, service, slo, severity, reason, until }, ground.caller.person, ground)
      return silenceView(made, ground.clock())
    },
  }),
  operation({
    id: 'burn.silence_end',
    method: 'post',
    path: '/burn-silences/{id}/end',
    scope: 'write',
    audit: 'alert.silence_end',
    summary: 'Ends a silence before its time, or takes that back',
    input: z.strictObject({ id: z.coerce.number().int().min(1), ended: z.boolean().default(true) }),
    output: SilenceView,
    run: async ({ id, ended }, ground: Acting) => silenceView(await endSilence(id, ended, ground.caller.person, ground), ground.clock()),
  }),
  operation({
    id: 'burn.target',
    method: 'post',
    path: '/burn-targets',
    scope: 'admin',
    audit: 'alert.target',
    summary: 'Says where a notification target is reached; the secret a webhook is signed with is told this once',
    input: z.strictObject({
      target: Target,
      kind: z.enum(DESTINATION_KINDS),
      address: z.string().min(1).max(2_000),
      standard: z.boolean().default(true),
      /** Also hears of changes of level: those that matter to an audience, or all; as it was when left out. */
      changes: z.enum(CHANGES_OF).nullish(),
    }),
    output: z.object({ destination: DestinationView, secret: z.string().nullable() }),
    run: async (wish, ground: Acting) => {
      const { destination, secret } = await setDestination(wish, ground.caller.person, ground)
      return { destination: destinationView(destination), secret }
    },
  }),
  operation({
    id: 'burn.target_changes',
    method: 'post',
    path: '/burn-targets/changes',
    scope: 'admin',
    audit: 'alert.target_changes',
    summary: 'Says of whose changes of level a target hears: of those that matter to an audience, of all, or of none',
    input: z.strictObject({ target: Target, changes: z.enum(CHANGES_OF).nullable() }),
    output: DestinationView,
    run: async ({ target, changes }, ground: Ground) => destinationView(await setChanges(target, changes, ground)),
  }),
  operation({
    id: 'burn.target_pause',
    method: 'post',
    path: '/burn-targets/pause',
    scope: 'admin',
    audit: 'alert.target_pause',
    summary: 'Sends nothing more to a target, or goes on',
    input: z.strictObject({ target: Target, paused: z.boolean().default(true) }),
    output: DestinationView,
    run: async ({ target, paused }, ground: Ground) => destinationView(await pauseDestination(target, paused, ground)),
  }),
  operation({
    id: 'burn.target_remove',
    method: 'delete',
    path: '/burn-targets',
    scope: 'admin',
    audit: 'alert.target_remove',
    summary: 'Forgets where a target is reached; its document stays',
    input: z.strictObject({ target: Target }),
    output: z.object({ removed: z.string() }),
    run: async ({ target }, ground: Ground) => {
      await removeDestination(target, ground)
      return { removed: target }
    },
  }),
  operation({
    id: 'burn.target_test',
    method: 'post',
    path: '/burn-targets/test',
    scope: 'admin',
    summary: 'Sends a message without an alert to a target, now, and says how it went',
    input: z.strictObject({ target: Target }),
    output: z.object({ sent: z.boolean(), message: z.string(), fix: z.string().optional() }),
    run: async ({ target }, ground: Ground) => {
      const found = await reachOf(target, ground)
      if (!found) return { sent: false, message: `Nobody said where ${target} is reached.`, fix: 'Set its address.' }
      const sent = await send(found.kind, { id: randomUUID(), notice: trialNotice(target, ground.clock()), ...found.reach }, ground)
      if (sent.state === 'sent') return { sent: true, message: 'It was taken.' }
      return { sent: false, message: sent.message, ...(sent.fix ? { fix: sent.fix } : {}) }
    },
  }),
  operation({
    id: 'burn.deliver_again',
    method: 'post',
    path: '/burn-deliveries/{id}/again',
    scope: 'write',
    audit: 'alert.deliver_again',
    summary: 'Tries a message again that was given up',
    input: z.strictObject({ id: z.uuid() }),
    output: z.object({ id: z.string() }),
    run: async ({ id }, ground: Ground) => {
      await deliverAgain(id, ground)
      return { id }
    },
  }),
] as const

async function inboxOf(scope: string, ground: Ground) {
  const { store } = ground
  const now = ground.clock()
  const watches = (await watchesOf(ground)).filter(({ slo }) => refNamespace(slo.ref) === scope)
  const [now_, past, quiet, known] = [
    await standing(scope, store),
    await history(scope, now, store),
    await silences(scope, now, ground),
    (await destinations(ground)).filter(({ target }) => refNamespace(target) === scope),
  ]
  const deliveries = await deliveriesOf(
    [...now_, ...past].map(({ id }) => id),
    store,
  )
  const reached = new Set(known.map(({ target }) => target))
  const watch = new Map(watches.map((one): [string, Watch] => [`${one.slo.ref}\n${one.objective}`, one]))
  const view = (alert: BurnAlert) =>
    alertView(alert, {
      watch: watch.get(`${alert.slo}\n${alert.objective}`),
      deliveries: deliveries.filter(({ alerts }) => alerts.includes(alert.id)),
      silence: alert.state === 'firing' ? quiet.find((one) => holds(one, now) && matches(one, { ...alert, namespace: scope })) : undefined,
      reached,
    })
  const firing = new Set(now_.filter(({ state }) => state === 'firing').map(({ service }) => service))
  const common = await commonDependency(firing, now, ground)
  return {
    at: formatInstant(now),
    common: common && { ...common, of: firing.size, fires: firing.has(common.ref) },
    watched: watches.reduce((sum, { rules }) => sum + rules.length, 0),
    standing: now_.map(view),
    history: past.map(view),
    silences: quiet.map((one) => silenceView(one, now)),
    destinations: known.map(destinationView),
  }
}
