import { createHash } from 'node:crypto'
import { formatInstant, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Evidence, evaluate, type Release } from '../decide/index.ts'
import type { GateAnswer } from '../tell/answer.ts'
import { answerWords } from '../tell/words.ts'
import { declaredAt } from './declared.ts'
import { keepAnswer } from './keep.ts'
import { type Look, looksAt } from './look.ts'
import { overrideFor } from './overrides.ts'
import { sharedLook, standingOf } from './shared-looks.ts'
import { type Standing, stands } from './standing.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** May this release go out at a moment, by all policies that bind it and everything that was known then, or at a later moment. */
export async function gateAnswer(release: Release, moment: { at: Instant; asOf: Instant }, context: Context): Promise<GateAnswer> {
  const [look] = await looksAt([release], moment, await declaredAt(moment.asOf, context), context)
  return answerFrom(release, look!)
}

/**
 * The same of the present. Questions about a component share what was looked at for up to five seconds, as long as nothing
 * was declared and nothing told about it since; each answer states the moment it is as of, and is the one of that moment.
 */
export async function gateNow(release: Release, context: Context): Promise<GateAnswer> {
  return answerNow(release, await context.ledger.present(), context, (_, standing) => stands(standing, context.store))
}

/** The same, kept with who asked; it is durable when this returns. */
export async function askGate(release: Release, person: Ref, context: Context): Promise<GateAnswer> {
  const at = await context.ledger.present()
  return answerNow(release, at, context, (answer, standing) => keepAnswer(answer, { person, at }, standing, context))
}

/** Attempts to look at the present while others write about it. */
const ATTEMPTS = 3

/** @param give tells whether what an answer rests on still stands, and gives it where it does */
async function answerNow(
  release: Release,
  asked: Instant,
  context: Context,
  give: (answer: GateAnswer, standing: Standing | null) => Promise<boolean>,
): Promise<GateAnswer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const look = await sharedLook(release, asked, context)
    const answer = answerFrom(release, look)
    if (await give(answer, standingOf(look, asked))) return answer
    look.isOutdated = true
  }
  // What was known at a moment takes longer to read, but nobody changes it.
  const now = await context.ledger.present()
  const answer = await gateAnswer(release, { at: now, asOf: now }, context)
  await give(answer, null)
  return answer
}

function answerFrom(release: Release, { at, known, declared, policies, obstacle, looked }: Look): GateAnswer {
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
    ...(at === known ? {} : { at: formatInstant(at) }),
    asOf: formatInstant(known),
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
