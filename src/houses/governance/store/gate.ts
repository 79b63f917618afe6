import { createHash } from 'node:crypto'
import { formatInstant, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { type Evidence, evaluate, type Release } from '../decide/index.ts'
import { answerWords } from '../tell/words.ts'
import type { GateAnswer } from '../tell/answer.ts'
import { type Belonging, belongingOf, bindingPolicies, type Declared, declaredAt } from './declared.ts'
import { evidenceFor } from './evidence.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>
type Obstacle = NonNullable<GateAnswer['obstacle']>

/** May this release go out, by all policies that bind it and everything that was known at a moment. */
export async function gateAnswer(release: Release, at: Instant, context: Context): Promise<GateAnswer> {
  const declared = await declaredAt(at, context)
  const belonging = await belongingOf(release.component, at, declared, context)
  const policies = bindingPolicies(declared, belonging.names, release.environment)
  const obstacle = await obstacleOf(release.component, at, { declared, belonging }, context)
  const evidence = await evidenceFor(obstacle ? [] : policies, release, { at, declared, belonging }, context)
  const { verdict, overridden, reasons } = evaluate(obstacle ? [] : policies, release, evidence, obstacle?.why ?? null)
  const answer = {
    verdict,
    overridden,
    component: release.component,
    environment: release.environment,
    commit: release.commit,
    fixes: [...release.fixes],
    purpose: release.purpose,
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
  { declared, belonging }: { declared: Declared; belonging: Belonging },
  { catalog, store }: Context,
): Promise<Obstacle | null> {
  if (declared.unreadable.length > 0)
    return {
      code: 'gate.policy_unreadable',
      why: `${declared.unreadable.join(', ')} can no longer be read, so nobody knows what it says.`,
      fix: 'Correct and apply it again; "throughline check" names what is wrong.',
    }
  if (belonging.entity) return null
  const subjects = [...new Set((await catalog.shares(component, at)).flatMap((share) => share.subjects))]
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

/** Keeps an answer and that somebody asked for it. */
export async function keepAnswer(
  answer: GateAnswer,
  { person, at }: { person: Ref; at: Instant },
  { store }: Pick<Ground, 'store'>,
): Promise<void> {
  const { id, component, environment, commit, asOf, verdict, overridden } = answer
  await store.query(sql`
    with kept as (
      insert into gate_answer (component, id, environment, commit, at, verdict, overridden, answer)
      values (${component}, ${id}, ${environment}, ${commit}, ${instant(Date.parse(asOf))}, ${verdict}, ${overridden}, ${JSON.stringify(answer)})
      on conflict do nothing)
    insert into gate_ask (component, answer, at, person) values (${component}, ${id}, ${instant(at)}, ${person})`)
}
