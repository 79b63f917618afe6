import { type Instant, type Ref, SECOND } from '../../../ground/core/index.ts'
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
/** How often a component is looked at again because it was told of, and how many at once: beyond that whoever asks next looks. */
const HURRY = { every: SECOND, most: 5 }

/** A look that questions share. */
interface Shared {
  target: Target
  look: Promise<PresentLook>
  /** When it was last asked for. */
  asked: Instant
  /** When it was last made because something was told. */
  hurried: Instant
}

interface Looks {
  made: Map<string, Shared>
  /** Those that rest on what is told about a subject. */
  about: Map<Ref, Set<string>>
  /** Those to be renewed, and whether somebody is at it. */
  due: Map<string, Target>
  isRenewing: boolean
}

const kept = new WeakMap<Context['store'], Looks>()

function looksOf(store: Context['store']): Looks {
  const looks = kept.get(store) ?? { made: new Map(), about: new Map(), due: new Map(), isRenewing: false }
  kept.set(store, looks)
  return looks
}

/** The look that questions about a component share for up to five seconds; whoever finds that it no longer stands says so in it. */
export async function sharedLook(target: Target, asked: Instant, context: Context): Promise<PresentLook> {
  const looks = looksOf(context.store)
  const key = `${target.component} ${target.environment}`
  const begun = looks.made.get(key)
  if (begun) begun.asked = Math.max(begun.asked, asked)
  const look = begun?.look
  const found = await look?.catch(() => undefined)
  if (found && !found.isOutdated && asked - found.at <= SHARED) {
    if (asked - found.at > SHARED / 2) renewSoon(key, target, looks, context)
    return found
  }
  const newer = looks.made.get(key)?.look
  // Whatever another question began since then is as of a later moment than this one was asked at.
  if (newer && newer !== look) return newer
  if (looks.made.size >= MOST_LOOKS) {
    looks.made.clear()
    looks.about.clear()
  }
  const made = lookNow(key, target, looks, context)
  looks.made.set(key, { target, look: made, asked, hurried: begun?.hurried ?? -Infinity })
  return made
}

/**
 * Looks again at components that something was told of and that were asked about lately, so that whoever asks next need not
 * wait for what follows from it to be derived.
 */
export function renewTold(subjects: ReadonlySet<Ref>, context: Context): void {
  const looks = kept.get(context.store)
  if (!looks || looks.about.size === 0) return
  const now = context.ledger.now()
  let left = HURRY.most
  for (const subject of subjects)
    for (const key of looks.about.get(subject) ?? []) {
      const shared = looks.made.get(key)
      if (!shared || now - shared.asked > SHARED) looks.about.get(subject)!.delete(key)
      else if (now - shared.hurried >= HURRY.every && left-- > 0) {
        shared.hurried = now
        shared.look = lookNow(key, shared.target, looks, context)
        shared.look.catch(() => undefined) // whoever asks next is told
      }
    }
}

async function lookNow(key: string, target: Target, looks: Looks, context: Context): Promise<PresentLook> {
  const [look] = await looksNow([target], context)
  return noted(key, look!, looks)
}

function noted(key: string, look: PresentLook, { about }: Looks): PresentLook {
  for (const subject of look.subjects) {
    const keys = about.get(subject) ?? new Set()
    about.set(subject, keys.add(key))
  }
  return look
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

async function renew(looks: Looks, context: Context): Promise<void> {
  const { made, due } = looks
  while (due.size > 0) {
    const some = [...due].slice(0, RENEWED_AT_ONCE)
    const before = some.map(([key]) => made.get(key)?.look)
    const fresh = await looksNow(
      some.map(([, target]) => target),
      context,
    ).catch(() => null) // whoever asks next looks themselves, and is told
    for (const [place, [key]] of some.entries()) {
      due.delete(key)
      const shared = made.get(key)
      if (fresh && shared && shared.look === before[place]) shared.look = Promise.resolve(noted(key, fresh[place]!, looks))
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
