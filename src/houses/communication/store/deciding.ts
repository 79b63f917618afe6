import { DAY, type Judgement } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type DecisionIntent, type ExceptionIntent, isInForce, type Moment, type PrincipleView, wordsOf } from '../../vision/index.ts'
import { judgeAssumption } from '../decide/assumption.ts'
import { type ToDecide, toDecide } from '../decide/deciding.ts'

type Context = Pick<Ground, 'catalog' | 'measures'>

/** An assumption behind a decision, judged. */
export interface JudgedAssumption {
  decision: DecisionIntent
  judgement: Judgement
  because?: string
}

/** Reads what decisions in force rest on. */
export async function judgedAssumptions(
  decisions: readonly DecisionIntent[],
  moment: Moment,
  context: Context,
): Promise<JudgedAssumption[]> {
  const resting = decisions.filter((decision) => isInForce(decision) && decision.assumptions.length > 0)
  const words = await wordsOf(
    resting.flatMap((decision) => decision.assumptions.map((assumption) => assumption.measure)),
    moment.scope,
    context,
    moment.asOf,
  )
  const judged: JudgedAssumption[] = []
  for (const decision of resting) {
    for (const assumption of decision.assumptions) {
      const reading = await context.measures.read({
        measure: assumption.measure,
        subject: assumption.subject,
        from: moment.at - 28 * DAY,
        to: moment.at,
        at: moment.at,
        asOf: moment.asOf,
      })
      judged.push({
        decision,
        judgement: judgeAssumption(decision, assumption, words.get(assumption.measure) ?? null, reading),
        because: assumption.because,
      })
    }
  }
  return judged
}

/** What waits for somebody's decision. */
export async function decidingOf(
  moment: Moment,
  known: {
    decisions: readonly DecisionIntent[]
    assumptions: readonly JudgedAssumption[]
    exceptions: readonly ExceptionIntent[]
    principles: readonly PrincipleView[]
  },
  { catalog }: Context,
): Promise<ToDecide[]> {
  const breaking = new Map(known.principles.map((principle) => [principle.ref, breakingOf(principle)]))
  const suggestions = (await catalog.suggestions({ namespace: moment.scope, limit: 1 }, moment.asOf)).total
  return toDecide({ ...known, breaking, suggestions, at: moment.at })
}

/** Components that break a principle, with or without permission, and the teams that own them. */
function breakingOf({ subjects }: PrincipleView): Set<string> {
  return new Set(
    subjects.flatMap(({ subject, team, state }) => (state === 'broken' || state === 'excepted' ? [subject, ...(team ? [team] : [])] : [])),
  )
}
