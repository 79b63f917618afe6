import { type Instant, SECOND } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Policy } from '../intent/index.ts'
import { type Declared, declaredUnder } from './declared.ts'
import { type Look, looksAt, type Target } from './look.ts'
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
/** Looks that are renewed at once. */
const RENEWED_AT_ONCE = 30

interface Looks {
  made: Map<string, Promise<PresentLook>>
  /** Those to be renewed, and whether somebody is at it. */
  due: Map<string, Target>
  isRenewing: boolean
}

const kept = new WeakMap<Context['store'], Looks>()

function looksOf(store: Context['store']): Looks {
  const looks = kept.get(store) ?? { made: new Map(), due: new Map(), isRenewing: false }
  kept.set(store, looks)
  return looks
}

/** The look that questions about a component share for up to five seconds; whoever finds that it no longer stands says so in it. */
export async function sharedLook(target: Target, asked: Instant, context: Context): Promise<PresentLook> {
  const looks = looksOf(context.store)
  const key = `${target.component} ${target.environment}`
  const begun = looks.made.get(key)
  const found = await begun?.catch(() => undefined)
  if (found && !found.isOutdated && asked - found.at <= SHARED) {
    if (asked - found.at > SHARED / 2) renewSoon(key, target, looks, context)
    return found
  }
  const newer = looks.made.get(key)
  // Whatever another question began since then is as of a later moment than this one was asked at.
  if (newer && newer !== begun) return newer
  if (looks.made.size >= MOST_LOOKS) looks.made.clear()
  const made = looksNow([target], context).then(([look]) => look!)
  looks.made.set(key, made)
  return made
}

/** What has to hold for a look to answer a question asked at a moment: measures may rest on records about anything. */
export function standingOf({ at, revision, subjects, policies }: PresentLook, asked: Instant): Standing {
  return { since: at, revision, subjects, everything: at < asked && readMeasures(policies) }
}

/** Looks anew before a look is too old to be shared, so that hardly anybody waits for one: several at once, in the background. */
function renewSoon(key: string, target: Target, looks: Looks, context: Context): void {
  looks.due.set(key, target)
  if (looks.isRenewing) return
  looks.isRenewing = true
  void context.store.background(() => renew(looks, context)).finally(() => (looks.isRenewing = false))
}

async function renew({ made, due }: Looks, context: Context): Promise<void> {
  while (due.size > 0) {
    const some = [...due].slice(0, RENEWED_AT_ONCE)
    const before = some.map(([key]) => made.get(key))
    const fresh = await looksNow(
      some.map(([, target]) => target),
      context,
    ).catch(() => null) // whoever asks next looks themselves, and is told
    for (const [place, [key]] of some.entries()) {
      due.delete(key)
      if (fresh && made.get(key) === before[place]) made.set(key, Promise.resolve(fresh[place]!))
    }
  }
}

/** The state of the catalogue comes first: where it is the same afterwards, it was that of the moment. */
async function looksNow(targets: readonly Target[], context: Context): Promise<PresentLook[]> {
  const revision = await context.catalog.revision()
  const declared = await declaredUnder(revision, context)
  const looks = await looksAt(targets, { at: await momentFor(declared, context), asOf: null }, declared, context)
  return looks.map((look) => ({ ...look, revision, isOutdated: false }))
}

/** A link is known from when it was found, so those that measures may rest on are found first. */
async function momentFor({ gate }: Declared, { catalog, ledger }: Context): Promise<Instant> {
  return readMeasures(gate) ? catalog.present() : ledger.present()
}

function readMeasures(policies: readonly Policy[]): boolean {
  return policies.some(({ rules }) => rules.some(({ rule }) => rule === 'measure'))
}
