import type { SubjectShare } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import type { Release } from '../decide/index.ts'
import type { Policy } from '../intent/index.ts'
import type { GateAnswer } from '../tell/answer.ts'
import { promisesFor } from './budgets.ts'
import { type Belonging, belongingOf, bindingPolicies, type Declared } from './declared.ts'
import { lookForEach, type Looked } from './evidence.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>
type Obstacle = NonNullable<GateAnswer['obstacle']>

/** Of what is looked at, whatever exactly is released. */
export type Target = Pick<Release, 'component' | 'environment'>

/** What was looked at for a component. */
export interface Look {
  at: Instant
  /** By when everything in it was known: the moment itself, or a later one. */
  known: Instant
  declared: Declared
  policies: readonly Policy[]
  obstacle: Obstacle | null
  looked: Looked
  /** Whom records have to tell of to change it. */
  subjects: readonly Ref[]
}

/**
 * Looks at components at a moment, by what was known at another; several in a few statements.
 * @param moment.asOf when it was known, null where what is known now is known to be that of the moment
 */
export async function looksAt(
  targets: readonly Target[],
  { at, asOf }: { at: Instant; asOf: Instant | null },
  declared: Declared,
  context: Context,
): Promise<Look[]> {
  const known = asOf ?? at
  const asks = []
  for (const { component, environment } of targets) {
    const belonging = await belongingOf(component, known, declared, context)
    const binding = bindingPolicies(declared, belonging.names, environment, at)
    const shares = await context.catalog.shares(component, known)
    const obstacle = await obstacleOf(component, known, { declared, belonging, shares }, context)
    const policies = obstacle ? [] : binding
    const rules = policies.flatMap((policy) => policy.rules)
    const promises = await promisesFor(rules, component, known, context)
    asks.push({ component, environment, belonging, binding, shares, obstacle, policies, promises })
  }
  const looked = await lookForEach(asks, { at, known, asOf, declared }, context)
  return asks.map(({ binding, obstacle, shares, promises }, place) => {
    const telling = shares.flatMap((share) => [...share.subjects, ...(share.repository ? [share.repository] : [])])
    const subjects = [...new Set([...telling, ...promises.map(({ service }) => service)])]
    return { at, known, declared, policies: binding, obstacle, looked: looked[place]!, subjects }
  })
}

/** Why no verdict can be given. A name nobody knows is most likely a slip: to let it pass would open the gate to any. */
async function obstacleOf(
  component: Ref,
  known: Instant,
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
    select 1 as one from evidence_told where subject = any(${subjects}::text[]) and learned_from <= ${instant(known)} and learned_to > ${instant(known)} limit 1`)
  return told
    ? null
    : {
        code: 'gate.unknown_component',
        why: `nobody declares ${component}, and no record tells of it.`,
        fix: 'Check the name: "throughline export --kind Component" lists those that are declared. Or declare it, or send its deployments first.',
      }
}
