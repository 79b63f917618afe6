import * as z from 'zod'
import {
  Claim,
  DAY,
  dayWords,
  formatDay,
  formatDuration,
  formatInstant,
  type Instant,
  JudgementState,
  refName,
  SECOND,
} from '../../../ground/core/index.ts'
import { type AnswerEntry, keptBy, keyOf, openQuestions } from '../decide/answers.ts'
import type { ToDecide } from '../decide/deciding.ts'
import { askedView, AskedView, keptView, KeptView } from './answers-view.ts'
import { decisionClaims } from './decisions.ts'
import { tellBrief } from './brief.ts'
import type { BriefFacts } from './facts.ts'
import { outcomeClaim } from './outcomes.ts'
import { overrideClaims, ownDecisions } from './overrides.ts'
import { notKnown } from './unknowns.ts'
import { workClaims } from './work.ts'
import { count, everyWords, list, nameWords, sentence } from './words.ts'

/** Something that waits for a decision, as a question with what happens if nobody answers. */
const DecideView = z.object({
  /** Names it where somebody answers. */
  key: z.string(),
  kind: z.enum([
    'budget_burns',
    'gate_holds',
    'assumption_broken',
    'tripwire_fired',
    'revisit',
    'exception_expired',
    'exception_expiring',
    'review_due',
    'proposals',
    'suggestions',
  ]),
  question: z.string(),
  /** What it is about; several for proposals, none for suggestions. */
  refs: z.array(z.string()),
  owner: z.string().optional(),
  /** What holds as long as nobody decides. */
  default: z.string().optional(),
  /** The day by which it was or is to be decided. */
  by: z.string().optional(),
  /** Why it is asked. */
  because: z.string().optional(),
  /** What waiting costs, as far as it is known. */
  waiting: z.string().optional(),
  /** Who took the default, while that stands: then it waits for nobody. */
  kept: KeptView.optional(),
  /** What its owner was asked. */
  asked: z.array(AskedView),
})
type DecideView = z.infer<typeof DecideView>

/** The home page: where things stand, what was worked on, what to decide, what nobody knows. */
export const MondayView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  headline: Claim,
  outcomes: z.array(z.object({ ref: z.string(), title: z.string(), state: JudgementState, owner: z.string().optional(), claim: Claim })),
  /** Last week's work, as one bar. */
  work: z
    .object({
      from: z.string(),
      to: z.string(),
      n: z.number().int(),
      parts: z.array(
        z.object({
          kind: z.enum(['outcome', 'upkeep', 'incident', 'unlinked']),
          ref: z.string().optional(),
          title: z.string(),
          /** May be a fraction: work for two outcomes counts for each in half. */
          n: z.number(),
          share: z.number(),
        }),
      ),
      claims: z.array(Claim),
    })
    .nullable(),
  decide: z.array(DecideView),
  /** Decisions taken and superseded in the last four weeks. */
  decisions: z.array(Claim),
  unknown: z.array(z.object({ what: z.string(), why: z.string(), fix: z.string().optional(), code: z.string().optional() })),
  /** What the history tells where nothing has been promised yet, and the first step. */
  story: z.array(z.object({ title: z.string(), claims: z.array(Claim) })),
  /** What is otherwise than so many days before, where that was asked. */
  compared: z
    .object({
      /** The moment it is compared with. */
      at: z.string(),
      outcomes: z.array(z.object({ ref: z.string(), title: z.string(), was: JudgementState.nullable(), now: JudgementState.nullable() })),
      /** Questions that came, and those that are gone. */
      asked: z.array(z.string()),
      settled: z.array(z.string()),
    })
    .optional(),
})
export type MondayView = z.infer<typeof MondayView>

/** What the home page shows, with what people said to what waits for a decision. */
export function mondayView(facts: BriefFacts, asOf: string, answers: readonly AnswerEntry[]): MondayView {
  const { work } = facts
  const brief = tellBrief(facts, 'product')
  const bare = facts.outcomes.length === 0
  return {
    scope: facts.scope,
    at: formatInstant(facts.at),
    asOf,
    headline: brief.headline,
    outcomes: facts.outcomes.map((outcome) => ({
      ref: outcome.ref,
      title: outcome.title,
      state: outcome.judgement.state,
      owner: outcome.owner,
      claim: outcomeClaim(outcome),
    })),
    work: work
      ? {
          from: formatInstant(work.window.from),
          to: formatInstant(work.window.to),
          n: work.n,
          parts: work.parts.map(({ kind, ref, title, n, share }) => ({ kind, ref, title, n, share })),
          claims: workClaims(work),
        }
      : null,
    decide: facts.deciding.map((item) => answered(item, facts, answers)),
    decisions: [...overrideClaims(facts), ...decisionClaims(ownDecisions(facts), [], facts.window)],
    unknown: notKnown(facts).map(({ what, why, fix, code }) => ({ what: sentence(list(what, 6)), why, fix, code })),
    story: bare ? brief.sections.filter((section) => ['What ships', 'How work arrives', 'First step'].includes(section.title)) : [],
  }
}

/** One thing to decide, with what was said to it. */
function answered(item: ToDecide, { at, scope }: BriefFacts, answers: readonly AnswerEntry[]): DecideView {
  const key = keyOf(item, scope)
  const kept = keptBy(key, answers, at)
  const asked = openQuestions(answers, (entry) => entry.key === key)
  return { key, ...decideView(item, at), ...(kept ? { kept: keptView(kept) } : {}), asked: asked.map(askedView) }
}

/** One thing to decide, as a question. */
function decideView(item: ToDecide, at: Instant): Omit<DecideView, 'key' | 'kept' | 'asked'> {
  switch (item.kind) {
    case 'budget_burns': {
      const { service, alerts, owner } = item
      const [first] = alerts
      const promises = [...new Set(alerts.map(({ slo }) => slo))]
      const wakes = alerts.some(({ severity }) => severity === 'page')
      return {
        kind: item.kind,
        question: `${refName(service)} burns its error budget too fast: what do we take back or mend?`,
        refs: [service, ...promises],
        owner: owner ?? undefined,
        because: `${list(promises.map(refName))}: ${count(alerts.length, 'alert')} ${alerts.length === 1 ? 'fires' : 'fire'}${wakes ? ', fast enough to wake somebody' : ''}.`,
        waiting: `It has burned for ${formatDuration((at - first!.firedAt!) / SECOND)}.`,
      }
    }
    case 'gate_holds': {
      const { held, owner } = item
      const holds = held.answer.reasons.filter(({ effect }) => effect === 'holds')
      return {
        kind: item.kind,
        question: `The gate holds ${refName(held.component)}${held.commit ? ` (${held.commit.slice(0, 7)})` : ''}: mend what holds it, wait, or override?`,
        refs: [held.component],
        owner: owner ?? undefined,
        default: 'It waits.',
        because: `${holds.map(({ words }) => words).join('; ')}. Turns green: ${holds.flatMap(({ turnsGreen }) => turnsGreen?.replace(/\.$/, '') ?? []).join('; ')}`,
        waiting: `It has waited for ${formatDuration((at - held.since) / SECOND)}.`,
      }
    }
    case 'assumption_broken':
    case 'tripwire_fired': {
      const { decision, judgement, because } = item
      const broken = item.kind === 'assumption_broken'
      const reason = because ? ` It was ${broken ? 'assumed' : 'set'} because ${because.replace(/\.$/, '')}.` : ''
      return {
        kind: item.kind,
        question: `Does "${nameWords(decision.title)}" still stand? ${broken ? 'Its reason no longer holds' : 'A tripwire fired'}.`,
        refs: [decision.ref],
        owner: decision.owner ?? decision.deciders[0],
        default: 'It stays in force.',
        because: `${judgement.rule}.${reason}`,
        waiting:
          decision.affects.length > 0
            ? `${count(decision.affects.length, 'component')} ${decision.affects.length === 1 ? 'goes' : 'go'} on by a choice whose reason is gone.`
            : undefined,
      }
    }
    case 'revisit':
      return {
        kind: item.kind,
        question: `Is "${nameWords(item.decision.title)}" still right?`,
        refs: [item.decision.ref],
        owner: item.decision.owner ?? item.decision.deciders[0],
        default: 'It stays in force.',
        by: formatDay(item.by - 1),
        because: 'The day to look at it again has passed.',
        waiting: `Overdue by ${daysBetween(item.by, at)}.`,
      }
    case 'exception_expired':
      return {
        kind: item.kind,
        question: `"${nameWords(item.exception.title)}" has ended, but what it allowed goes on: comply, or decide again?`,
        refs: [item.exception.ref, item.exception.from],
        owner: item.exception.approvedBy,
        default: 'The principle counts as broken.',
        by: formatDay(item.exception.until - 1),
        because: item.exception.reason || undefined,
        waiting: `Broken without permission for ${daysBetween(item.exception.until, at)}.`,
      }
    case 'exception_expiring':
      return {
        kind: item.kind,
        question: `Let "${nameWords(item.exception.title)}" end, or extend it?`,
        refs: [item.exception.ref, item.exception.from],
        owner: item.exception.approvedBy,
        default: 'It ends, and the principle binds again.',
        by: formatDay(item.exception.until - 1),
        because: item.stillBroken ? 'It is still needed.' : 'It is no longer needed.',
        waiting: item.stillBroken
          ? `In ${daysBetween(at, item.exception.until)} what it allows counts as broken.`
          : `${count(item.exception.subjects.length, 'place')} may break the principle for ${daysBetween(at, item.exception.until)} more.`,
      }
    case 'review_due': {
      const { due, last, open, sides, every, title, vision } = item.review
      return {
        kind: item.kind,
        question: open ? `Finish "${nameWords(open.title)}"?` : `Do ${list(sides)} still stand behind "${nameWords(title)}"?`,
        refs: [...(open ? [open.ref] : []), vision],
        default: last === null ? 'The vision stays as it was first written.' : 'The order agreed last stays.',
        by: formatDay(due),
        because: `${last === null ? 'It was never reviewed' : `It was last reviewed on ${dayWords(last)}`}; ${everyWords(every)} was agreed.`,
      }
    }
    case 'proposals':
      return {
        kind: item.kind,
        question: `Accept or reject ${count(item.decisions.length, 'proposed decision')}?`,
        refs: item.decisions.map((decision) => decision.ref),
        owner: item.decisions.length === 1 ? (item.decisions[0]!.owner ?? item.decisions[0]!.deciders[0]) : undefined,
        default: 'They stay proposals and bind nobody.',
        waiting: oldestWaiting(item.decisions, at),
      }
    case 'suggestions':
      return {
        kind: item.kind,
        question: `Accept or refuse ${count(item.total, 'suggested link')}?`,
        refs: [],
        default: `${item.total === 1 ? 'It counts' : 'They count'} for nothing, and the work stays unlinked.`,
      }
  }
}

/** "3 days"; less than one is a day. */
function daysBetween(from: Instant, to: Instant): string {
  return count(Math.max(1, Math.round((to - from) / DAY)), 'day')
}

function oldestWaiting(decisions: Extract<ToDecide, { kind: 'proposals' }>['decisions'], at: Instant): string | undefined {
  const dates = decisions.flatMap(({ date }) => date ?? [])
  return dates.length > 0 ? `The oldest has waited for ${daysBetween(Math.min(...dates), at)}.` : undefined
}
