import { dayWords, type Claim, inWindow, type Window } from '../../../ground/core/index.ts'
import type { DecisionIntent } from '../../vision/index.ts'
import type { ToDecide } from '../decide/deciding.ts'
import { claim, fromEntity, fromJudgement } from './claims.ts'
import { count, everyWords, list, nameWords } from './words.ts'

/** Decisions taken and superseded in the window, and what waits for one. */
export function decisionClaims(decisions: readonly DecisionIntent[], deciding: readonly ToDecide[], window: Window): Claim[] {
  return [...waiting(deciding), ...taken(decisions, window), ...superseded(decisions, window)]
}

function taken(decisions: readonly DecisionIntent[], window: Window): Claim[] {
  const own = decisions.filter((decision) => decision.status === 'accepted' && isWithin(decision, window))
  const [first, ...rest] = own.map((decision) => fromEntity(decision.ref, decision.title))
  if (!first) return []
  return [
    claim(
      `${count(own.length, 'decision')} ${own.length === 1 ? 'was' : 'were'} taken in the last four weeks: ${list(own.map((decision) => `"${nameWords(decision.title)}" (${dayWords(decision.date!)})`))}.`,
      first,
      ...rest,
    ),
  ]
}

function superseded(decisions: readonly DecisionIntent[], window: Window): Claim[] {
  const byRef = new Map(decisions.map((decision) => [decision.ref, decision]))
  const pairs = decisions
    .filter((decision) => isWithin(decision, window))
    .flatMap((decision) => decision.supersedes.map((old) => ({ decision, old, title: byRef.get(old)?.title ?? old })))
  const [first, ...rest] = pairs.flatMap(({ decision, old, title }) => [fromEntity(decision.ref, decision.title), fromEntity(old, title)])
  if (!first) return []
  return [
    claim(
      `Superseded: ${list(pairs.map(({ decision, title }) => `"${nameWords(title)}" by "${nameWords(decision.title)}"`))}.`,
      first,
      ...rest,
    ),
  ]
}

/** One sentence for each thing that waits, suggestions apart: they wait on the evidence page. */
function waiting(deciding: readonly ToDecide[]): Claim[] {
  return deciding.flatMap((item): Claim[] => {
    switch (item.kind) {
      // Told in parts of their own.
      case 'budget_burns':
      case 'gate_holds':
        return []
      case 'assumption_broken':
        return [
          claim(
            `The reason for "${nameWords(item.decision.title)}" no longer holds: ${item.judgement.rule}.`,
            fromJudgement(item.judgement),
            fromEntity(item.decision.ref, item.decision.title),
          ),
        ]
      case 'tripwire_fired':
        return [
          claim(
            `A tripwire of "${nameWords(item.decision.title)}" fired: ${item.judgement.rule}.`,
            fromJudgement(item.judgement),
            fromEntity(item.decision.ref, item.decision.title),
          ),
        ]
      case 'revisit':
        return [
          claim(
            `"${nameWords(item.decision.title)}" was to be looked at again by ${dayWords(item.by - 1)}.`,
            fromEntity(item.decision.ref, item.decision.title),
          ),
        ]
      case 'exception_expired':
        return [
          claim(
            `The exception "${nameWords(item.exception.title)}" ended on ${dayWords(item.exception.until - 1)}, and what it allowed goes on.`,
            fromEntity(item.exception.ref, item.exception.title),
            fromEntity(item.exception.from),
          ),
        ]
      case 'exception_expiring':
        return [
          claim(
            `The exception "${nameWords(item.exception.title)}" ends on ${dayWords(item.exception.until - 1)}${item.stillBroken ? ' and is still needed' : ''}.`,
            fromEntity(item.exception.ref, item.exception.title),
            fromEntity(item.exception.from),
          ),
        ]
      case 'review_due': {
        const { due, every, last, title, vision, open } = item.review
        return [
          claim(
            `The review of "${nameWords(title)}" is overdue since ${dayWords(due)}: ${last === null ? 'it was never held' : `the last was closed on ${dayWords(last)}`}, ${everyWords(every)} was agreed${open ? `, and "${nameWords(open.title)}" is not finished` : ''}.`,
            fromEntity(vision, title),
            ...(open ? [fromEntity(open.ref, open.title)] : []),
          ),
        ]
      }
      case 'proposals': {
        const [first, ...rest] = item.decisions.map((decision) => fromEntity(decision.ref, decision.title))
        return first
          ? [
              claim(
                `${count(item.decisions.length, 'proposed decision')} ${item.decisions.length === 1 ? 'waits' : 'wait'} for an answer: ${list(item.decisions.map((decision) => `"${nameWords(decision.title)}"`))}.`,
                first,
                ...rest,
              ),
            ]
          : []
      }
      case 'suggestions':
        return []
    }
  })
}

function isWithin(decision: DecisionIntent, window: Window): boolean {
  return decision.date !== undefined && inWindow(window, decision.date)
}
