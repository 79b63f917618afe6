import { createHash } from 'node:crypto'
import type { SubjectShare } from '../../../ground/catalog/index.ts'
import { formatInstant, type Instant, type Ref, SECOND } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { type Evidence, evaluate, type Release } from '../decide/index.ts'
import type { Policy } from '../intent/index.ts'
import { answerWords } from '../tell/words.ts'
import type { GateAnswer } from '../tell/answer.ts'
import { type Belonging, belongingOf, bindingPolicies, type Declared, declaredAt } from './declared.ts'
import { lookFor, type Looked } from './evidence.ts'
import { overrideFor } from './overrides.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>
type Obstacle = NonNullable<GateAnswer['obstacle']>

/** What was looked at for a component, whatever exactly is released. */
interface Look {
  at: Instant
  declared: Declared
  policies: readonly Policy[]
  obstacle: Obstacle | null
  looked: Looked
  /** What tells of the component. */
  subjects: readonly Ref[]
}

/** May this release go out, by all policies that bind it and everything that was known at a moment. */
export async function gateAnswer(release: Release, at: Instant, context: Context): Promise<GateAnswer> {
  return answerFrom(release, await look(release, at, await declaredAt(at, context), context))
}

/**
 * The same of the present. Questions about a component share what was looked at for up to five seconds, as long as nothing
 * was declared and nothing told about it since; each answer states the moment it is as of, and is the one of that moment.
 */
export async function gateNow(release: Release, context: Context): Promise<GateAnswer> {
  const now = await context.ledger.present()
  const declared = await declaredAt(now, context)
  const looks = kept.get(context.store) ?? new Map<string, Promise<Look>>()
  kept.set(context.store, looks)
  const key = `${release.component} ${release.environment}`
  const begun = looks.get(key)
  const found = await begun?.catch(() => undefined)
  if (found && found.declared === declared && now - found.at <= SHARED && !(await isToldSince(found, context))) {
    if (now - found.at > SHARED / 2) lookAgain(key, release, looks, context)
    return answerFrom(release, found)
  }
  const newer = looks.get(key)
  // Whatever another question began since then is as of a later moment than this one was asked at.
  if (newer && newer !== begun) return answerFrom(release, await newer)
  if (looks.size >= MOST_LOOKS) looks.clear()
  const made = lookNow(release, context)
  looks.set(key, made)
  return answerFrom(release, await made)
}

/** Looks anew before a look is too old to be shared, so that hardly anybody waits for one. */
function lookAgain(key: string, release: Release, looks: Map<string, Promise<Look>>, context: Context): void {
  const busy = renewed.get(context.store) ?? new Set<string>()
  if (busy.has(key)) return
  renewed.set(context.store, busy.add(key))
  const before = looks.get(key)
  void context.store
    .background(() => lookNow(release, context))
    .then(
      (fresh) => looks.get(key) === before && looks.set(key, Promise.resolve(fresh)),
      () => undefined, // whoever asks next looks themselves, and is told
    )
    .finally(() => busy.delete(key))
}

async function lookNow(release: Release, context: Context): Promise<Look> {
  const now = await context.ledger.present()
  const at = await momentFor(await declaredAt(now, context), now, context)
  return look(release, at, await declaredAt(at, context), context)
}

/** How long questions share a look. */
const SHARED = 5 * SECOND
const MOST_LOOKS = 20_000
const kept = new WeakMap<Context['store'], Map<string, Promise<Look>>>()
/** Looks that are being renewed. */
const renewed = new WeakMap<Context['store'], Set<string>>()

/** A link is known from when it was found, so those that measures may rest on are found first. */
async function momentFor({ gate }: Declared, now: Instant, { catalog }: Context): Promise<Instant> {
  return gate.some(({ rules }) => rules.some(({ rule }) => rule === 'measure')) ? catalog.present() : now
}

/** Whether anything a look may rest on was told since: about the component, or at all where a measure is read. */
async function isToldSince({ at, subjects, policies }: Look, { store, ledger }: Context): Promise<boolean> {
  if (policies.some(({ rules }) => rules.some(({ rule }) => rule === 'measure'))) return ledger.readAsOf(at, async (asOf) => asOf !== null)
  const [told] = await store.query(
    sql`select 1 as one from evidence_subject where subject = any(${[...subjects]}::text[]) and learned_at > ${instant(at)} limit 1`,
  )
  return told !== undefined
}

async function look(
  { component, environment }: Pick<Release, 'component' | 'environment'>,
  at: Instant,
  declared: Declared,
  context: Context,
): Promise<Look> {
  const belonging = await belongingOf(component, at, declared, context)
  const policies = bindingPolicies(declared, belonging.names, environment)
  const shares = await context.catalog.shares(component, at)
  const subjects = [...new Set(shares.flatMap((share) => [...share.subjects, ...(share.repository ? [share.repository] : [])]))]
  const obstacle = await obstacleOf(component, at, { declared, belonging, shares }, context)
  const looked = await lookFor(obstacle ? [] : policies, { component, environment }, { at, declared, belonging, shares }, context)
  return { at, declared, policies, obstacle, looked, subjects }
}

function answerFrom(release: Release, { at, declared, policies, obstacle, looked }: Look): GateAnswer {
  const { component, environment, commit, fixes, purpose } = release
  const override = overrideFor(declared.overrides, { component, environment, commit, at })
  const evidence: Evidence = {
    ...looked,
    override: override && { decision: override.decision, reason: override.reason, by: override.by, until: override.until },
  }
  const { verdict, overridden, reasons } = evaluate(obstacle ? [] : policies, release, evidence, obstacle?.why ?? null)
  const answer = {
    verdict,
    overridden,
    component,
    environment,
    commit,
    fixes: [...fixes],
    purpose,
    asOf: formatInstant(at),
    policies: policies.map(({ ref, title, version }) => ({ ref, title, version })),
    reasons,
    override: overridden ? overrideView(evidence) : null,
    obstacle,
  }
  return named({ verdict, overridden, words: answerWords(answer), ...withoutHead(answer) })
}

function withoutHead<A extends { verdict: unknown; overridden: unknown }>({ verdict: _verdict, overridden: _overridden, ...rest }: A) {
  return rest
}

function overrideView({ override }: Evidence): GateAnswer['override'] {
  return override && { ...override, until: formatInstant(override.until) }
}

/** An answer with its name, made of what it says. */
function named(answer: Omit<GateAnswer, 'id'>): GateAnswer {
  return { ...answer, id: createHash('sha256').update(JSON.stringify(answer)).digest('hex').slice(0, 20) }
}

/** Why no verdict can be given. A name nobody knows is most likely a slip: to let it pass would open the gate to any. */
async function obstacleOf(
  component: Ref,
  at: Instant,
  { declared, belonging, shares }: { declared: Declared; belonging: Belonging; shares: readonly SubjectShare[] },
  { store }: Context,
): Promise<Obstacle | null> {
  if (declared.unreadable.length > 0)
    return {
      code: 'gate.policy_unreadable',
      why: `${declared.unreadable.join(', ')} can no longer be read, so nobody knows what it says.`,
      fix: 'Correct and apply it again; "throughline check" names what is wrong.',
    }
  if (belonging.entity) return null
  const subjects = [...new Set(shares.flatMap((share) => share.subjects))]
  const [told] = await store.query(sql`
    select 1 as one from evidence_told where subject = any(${subjects}::text[]) and learned_from <= ${instant(at)} and learned_to > ${instant(at)} limit 1`)
  return told
    ? null
    : {
        code: 'gate.unknown_component',
        why: `nobody declares ${component}, and no record tells of it.`,
        fix: 'Check the name: "throughline export --kind Component" lists those that are declared. Or declare it, or send its deployments first.',
      }
}
