import * as z from 'zod'
import { formatDay, type Instant, Judgement, Reading, STATE_ORDER } from '../../../ground/core/index.ts'
import { endsSoon, isLive, type SignalState } from '../decide/index.ts'
import { type ExceptionIntent, Quantile, type SignalIntent } from '../intent/index.ts'
import type { JudgedPrinciple } from '../store/principles.ts'

const State = z.enum(['held', 'broken', 'excepted', 'unknown']) satisfies z.ZodType<SignalState>

/** A permission to break an intent, with the last day it holds. */
export const ExceptionView = z.object({
  ref: z.string(),
  title: z.string(),
  from: z.string(),
  subjects: z.array(z.string()),
  reason: z.string(),
  until: z.string(),
  live: z.boolean(),
  /** It holds still, but ends within two weeks. */
  soon: z.boolean(),
  approvedBy: z.string().optional(),
})
export type ExceptionView = z.infer<typeof ExceptionView>

/** A principle as a page shows it: where it holds and where it does not. */
export const PrincipleView = z.object({
  ref: z.string(),
  title: z.string(),
  statement: z.string(),
  rationale: z.string().optional(),
  forbids: z.array(z.string()),
  serves: z.array(z.string()),
  owner: z.string().optional(),
  /** `met` is held, `missed` is broken somewhere. */
  judgement: Judgement,
  signals: z.array(
    z.object({ measure: z.string(), title: z.string(), quantile: Quantile.optional(), subject: z.string().optional(), limit: z.string() }),
  ),
  /** Components and repositories, worst first. */
  subjects: z.array(
    z.object({
      subject: z.string(),
      team: z.string().optional(),
      state: State,
      signals: z.array(
        z.object({ measure: z.string(), state: State, rule: z.string(), reading: Reading, exception: z.string().optional() }),
      ),
    }),
  ),
  /** Groups, by the worst of what they own. */
  teams: z.array(z.object({ team: z.string(), state: State, broken: z.array(z.string()), subjects: z.number().int() })),
  counts: z.object({ held: z.number().int(), broken: z.number().int(), excepted: z.number().int(), unknown: z.number().int() }),
  exceptions: z.array(ExceptionView),
  /** Decisions that argue from it. */
  cited: z.array(z.object({ ref: z.string(), title: z.string(), how: z.enum(['supports', 'against']), status: z.string() })),
})
export type PrincipleView = z.infer<typeof PrincipleView>

const Line = { states: z.array(State), since: z.object({ at: z.string(), atLeast: z.boolean() }).optional() }

/** How a principle was lived: one state a subject or team and month, and since when the present one lasts. */
export const PrincipleHistory = z.object({
  periods: z.array(z.object({ from: z.string(), to: z.string() })),
  subjects: z.array(z.object({ subject: z.string(), team: z.string().optional(), ...Line })),
  teams: z.array(z.object({ team: z.string(), ...Line })),
})
export type PrincipleHistory = z.infer<typeof PrincipleHistory>

/** What a page shows of a judged principle. */
export function principleView(
  { principle, verdict, measures }: JudgedPrinciple,
  cited: PrincipleView['cited'],
  at: Instant,
): PrincipleView {
  return {
    ref: principle.ref,
    title: principle.title,
    statement: principle.statement,
    rationale: principle.rationale,
    forbids: principle.forbids,
    serves: principle.serves,
    owner: principle.owner,
    judgement: verdict.judgement,
    signals: principle.signals.map((signal) => ({
      measure: signal.measure,
      title: measures.get(signal.measure)?.title ?? signal.measure,
      quantile: signal.quantile,
      subject: signal.subject,
      limit: statedLimit(signal),
    })),
    subjects: verdict.subjects.map(({ subject, team, state, signals }) => ({
      subject,
      team,
      state,
      signals: signals.map(({ measure, state: own, judgement, exception }) => ({
        measure,
        state: own,
        rule: judgement.rule,
        reading: judgement.reading!,
        exception,
      })),
    })),
    teams: verdict.teams,
    counts: verdict.counts,
    exceptions: [...verdict.exceptions.expired, ...verdict.exceptions.live].map((exception) => exceptionView(exception, at)),
    cited,
  }
}

export function exceptionView(exception: ExceptionIntent, at: Instant): ExceptionView {
  const { ref, title, from, subjects, reason, until, approvedBy } = exception
  return {
    ref,
    title,
    from,
    subjects,
    reason,
    until: formatDay(until - 1),
    live: isLive(exception, at),
    soon: endsSoon(exception, at),
    approvedBy,
  }
}

function statedLimit(signal: SignalIntent): string {
  return signal.atMost !== undefined ? `at most ${signal.atMost}` : `at least ${signal.atLeast}`
}

/** Broken before unknown before held; among equals the more broken first. */
export function brokenFirst(principles: readonly PrincipleView[]): PrincipleView[] {
  return [...principles].sort(
    (a, b) =>
      STATE_ORDER[a.judgement.state] - STATE_ORDER[b.judgement.state] || b.counts.broken - a.counts.broken || (a.ref < b.ref ? -1 : 1),
  )
}
