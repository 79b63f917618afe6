import { formatInstant, type Instant, Refusal, WEEK } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { changeOf, type EffectIntent, type InvestmentIntent, readInvestment } from '../intent/index.ts'
import { expectedOf, unknownView } from '../tell/effect.ts'
import type { EffectView, InvestmentEffect, Missing } from '../tell/effect-view.ts'
import { effectSince, headOf } from './effect.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'ledger'>

interface Asked {
  at?: Instant | undefined
  asOf?: Instant | undefined
  zone?: string | undefined
  weeks: number
}

/** What an investment has changed since it was finished, beside what was expected of it; its first effect leads. */
export async function effectOfInvestment(ref: string, asked: Asked, context: Context): Promise<InvestmentEffect> {
  const entity = await context.catalog.get(ref, asked.asOf)
  const investment = entity && readInvestment(entity)
  if (!investment)
    throw new Refusal('effect.unknown_investment', `There is no investment ${ref}.`, {
      status: 404,
      fix: 'List them with "throughline export --kind investment", or ask by measure: effect --measure M --subject R --at T.',
    })
  const [first, ...others] = investment.effects
  if (!first)
    throw new Refusal('effect.nothing_expected', `${investment.title} does not say what it should change.`, {
      fix: 'Say which measure changes, how far (P10, P50, P90) and by when (spec.effects); then it can be looked for.',
      path: 'spec.effects',
    })
  const also: EffectView[] = []
  for (const effect of others) also.push(await effectOf(effect, investment, asked, context))
  return {
    ...(await effectOf(first, investment, asked, context)),
    investment: {
      ref: investment.ref,
      title: investment.title,
      status: investment.status,
      peopleWeeks: investment.cost?.peopleWeeks ?? null,
      money: investment.cost?.money ?? null,
    },
    also,
  }
}

async function effectOf(effect: EffectIntent, investment: InvestmentIntent, asked: Asked, context: Context): Promise<EffectView> {
  const now = await context.ledger.present()
  const at = asked.at ?? asked.asOf ?? now
  const about = {
    measure: effect.measure,
    subject: effect.subject ?? `namespace:${namespaceOf(investment.ref)}`,
    quantile: effect.quantile,
  }
  const touched = investment.effects.flatMap(({ subject }) => (subject && subject !== about.subject ? [subject] : []))
  const unfinished = unfinishedOf(investment, at)
  const view = unfinished
    ? await notYet(about, unfinished, { ...asked, at }, context)
    : await effectSince({ ...about, ...asked, changedAt: investment.end!, controls: investment.controls, touched }, context)
  const change = changeOf(effect, view.unit)
  return change.ok ? { ...view, expected: expectedOf(change.value, effect.by, view) } : view
}

function unfinishedOf({ end, status }: InvestmentIntent, at: Instant): Missing | null {
  if (end !== undefined && end <= at) return null
  if (end !== undefined)
    return {
      code: 'effect.not_finished',
      why: `it is finished on ${formatInstant(end - 1).slice(0, 10)}, which lies ahead`,
      fix: 'Ask again some weeks after that day.',
    }
  return {
    code: 'effect.no_end',
    why: status === 'done' || status === 'stopped' ? 'nothing says on which day it was finished' : `it is not finished (${status})`,
    fix: 'Write spec.end once it is finished: its effect is looked for from that day.',
  }
}

async function notYet(
  { measure, subject, quantile }: Pick<EffectIntent, 'measure' | 'quantile'> & { subject: string },
  missing: Missing,
  { at, asOf, zone, weeks }: Asked & { at: Instant },
  context: Context,
): Promise<EffectView> {
  const { head } = await headOf({ measure, subject, quantile, at, asOf, zone, weeks, changedAt: at }, { from: at - WEEK, to: at }, context)
  return unknownView(head, [missing], { before: 0, after: 0, wanted: weeks, points: [], controls: [], leftOut: [] })
}

function namespaceOf(ref: string): string {
  return ref.slice(ref.indexOf(':') + 1, ref.indexOf('/'))
}
