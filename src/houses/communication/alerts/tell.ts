import { DAY, formatInstant, HOUR } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import {
  announceChanges,
  type ChangeListener,
  changeListeners,
  isHeard,
  type NoticeChange,
  silencedChanges,
} from '../../reliability/index.ts'
import { momentOf } from '../../vision/index.ts'
import { changeClaim } from '../tell/changes.ts'
import { type Alert, isOf } from './decide.ts'
import { alertsOf } from './store.ts'
import { lastLooks, noteLook, noteTold, toldChanges } from './told.ts'

/** Levels are looked at again after this, where something was learned meanwhile: what changes in an hour is told as well in a day. */
const AGAIN = HOUR
/** Also where nothing was learned: days go by. */
const AT_LATEST = DAY

type Context = Pick<Ground, 'store' | 'clock'>

/** Namespaces in which somebody listens, and whose turn it is. */
async function dueNamespaces({ store, clock }: Context): Promise<Map<string, ChangeListener[]>> {
  const listeners = Map.groupBy(await changeListeners(store), ({ namespace }) => namespace)
  if (listeners.size === 0) return listeners
  const looks = await lastLooks(store)
  const now = clock()
  const isDue = (namespace: string) => {
    const last = looks.get(namespace)
    return !last || now - last.at >= AT_LATEST || (now - last.at >= AGAIN && last.learnedSince)
  }
  return new Map([...listeners].filter(([namespace]) => isDue(namespace)))
}

export async function anyToTell(context: Context): Promise<boolean> {
  return (await dueNamespaces(context)).size > 0
}

/**
 * Looks at the levels of what is watched and writes a message for whoever listens, of each change once. What was put aside is
 * told to nobody; what is silenced waits. A process may end at any moment: what is told is noted with its message.
 */
export async function tellChanges(ground: Ground): Promise<void> {
  for (const [namespace, listeners] of await dueNamespaces(ground)) await tellIn(namespace, listeners, ground)
}

async function tellIn(namespace: string, listeners: readonly ChangeListener[], ground: Ground): Promise<void> {
  const { store } = ground
  const when = await momentOf({ scope: namespace }, ground)
  const isSilenced = await silencedChanges(namespace, when.at, ground)
  const isHeardOf = ({ audiences }: Alert) => listeners.some((one) => isHeard(one, audiences))
  const untold = (await alertsOf(when, ground)).filter((alert) => !alert.seen && isHeardOf(alert) && !isSilenced(alert))
  await store.transaction(async () => {
    // Whoever looks at the same time waits here, and finds what was told.
    await noteLook(namespace, when.at, when.asOf, store)
    const told = untold.length > 0 ? await toldChanges(namespace, Infinity, store) : []
    const fresh = untold.filter((alert) => !told.some((one) => isOf(one, alert)))
    if (fresh.length === 0) return
    const ids = await noteTold(namespace, fresh, when.at, store)
    const messages = listeners.flatMap((listener) => {
      const changes = fresh.flatMap((alert, index) => (isHeard(listener, alert.audiences) ? [noticeOf(alert, ids[index]!)] : []))
      const notice = { type: 'measure.changes' as const, at: formatInstant(when.at), scope: namespace, changes }
      return changes.length > 0 ? [{ target: listener.target, notice }] : []
    })
    await announceChanges(messages, when.at, ground)
  })
}

function noticeOf(alert: Alert, id: number): NoticeChange {
  const { measure, title, subject, unit, change, outcomes } = alert
  const { at, before, after, confidence, effect } = change
  return {
    id,
    measure,
    title,
    subject,
    unit,
    at,
    before,
    after,
    confidence,
    ...(effect ? { effect } : {}),
    outcomes: outcomes.map(({ ref }) => ref),
    words: changeClaim(alert).text,
  }
}
