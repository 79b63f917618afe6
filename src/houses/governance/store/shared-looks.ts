import { type Instant, SECOND } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Policy } from '../intent/index.ts'
import { type Declared, declaredUnder } from './declared.ts'
import { type Look, lookAt, type Target } from './look.ts'
import type { Standing } from './standing.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** A look at the present: what was known at its moment as long as nobody wrote about it while it was made (`standingOf`). */
export interface PresentLook extends Look {
  /** The word for the state of the catalogue it was made under. */
  revision: string
  /** Set once it no longer stands. */
  isOutdated: boolean
}

/** How long questions share a look. */
const SHARED = 5 * SECOND
const MOST_LOOKS = 20_000
const kept = new WeakMap<Context['store'], Map<string, Promise<PresentLook>>>()
/** Looks that are being renewed. */
const renewed = new WeakMap<Context['store'], Set<string>>()

/** The look that questions about a component share for up to five seconds; whoever finds that it no longer stands says so in it. */
export async function sharedLook(target: Target, asked: Instant, context: Context): Promise<PresentLook> {
  const looks = kept.get(context.store) ?? new Map<string, Promise<PresentLook>>()
  kept.set(context.store, looks)
  const key = `${target.component} ${target.environment}`
  const begun = looks.get(key)
  const found = await begun?.catch(() => undefined)
  if (found && !found.isOutdated && asked - found.at <= SHARED) {
    if (asked - found.at > SHARED / 2) lookAgain(key, target, looks, context)
    return found
  }
  const newer = looks.get(key)
  // Whatever another question began since then is as of a later moment than this one was asked at.
  if (newer && newer !== begun) return newer
  if (looks.size >= MOST_LOOKS) looks.clear()
  const made = lookNow(target, context)
  looks.set(key, made)
  return made
}

/** What has to hold for a look to answer a question asked at a moment: measures may rest on records about anything. */
export function standingOf({ at, revision, subjects, policies }: PresentLook, asked: Instant): Standing {
  return { since: at, revision, subjects, everything: at < asked && readMeasures(policies) }
}

/** Looks anew before a look is too old to be shared, so that hardly anybody waits for one. */
function lookAgain(key: string, target: Target, looks: Map<string, Promise<PresentLook>>, context: Context): void {
  const busy = renewed.get(context.store) ?? new Set<string>()
  if (busy.has(key)) return
  renewed.set(context.store, busy.add(key))
  const before = looks.get(key)
  void context.store
    .background(() => lookNow(target, context))
    .then(
      (fresh) => looks.get(key) === before && looks.set(key, Promise.resolve(fresh)),
      () => undefined, // whoever asks next looks themselves, and is told
    )
    .finally(() => busy.delete(key))
}

/** The state of the catalogue comes first: where it is the same afterwards, it was that of the moment. */
async function lookNow(target: Target, context: Context): Promise<PresentLook> {
  const revision = await context.catalog.revision()
  const declared = await declaredUnder(revision, context)
  const look = await lookAt(target, { at: await momentFor(declared, context), asOf: null }, declared, context)
  return { ...look, revision, isOutdated: false }
}

/** A link is known from when it was found, so those that measures may rest on are found first. */
async function momentFor({ gate }: Declared, { catalog, ledger }: Context): Promise<Instant> {
  return readMeasures(gate) ? catalog.present() : ledger.present()
}

function readMeasures(policies: readonly Policy[]): boolean {
  return policies.some(({ rules }) => rules.some(({ rule }) => rule === 'measure'))
}
