import * as z from 'zod'
import { formatDay, type Instant, type Ref, WEEK } from '../../../ground/core/index.ts'
import { rankingOf } from '../decide/portfolio/index.ts'
import type { OutcomeGap, Worth } from '../decide/worth.ts'
import type { EffectIntent, InvestmentIntent } from '../intent/index.ts'
import { percent } from './words.ts'

const Quantity = z.union([z.number(), z.string()])

/** What an investment is expected to do to an outcome, as shares of its gap. */
const ContributionView = z.object({
  outcome: z.string(),
  title: z.string(),
  measure: z.string(),
  unit: z.string(),
  low: z.number(),
  middle: z.number(),
  high: z.number(),
  mean: z.number(),
  now: z.number(),
  nowFrom: z.enum(['reading', 'baseline']),
  target: z.number(),
  /** What the measure would read then, by P50. */
  leadsTo: z.number(),
  late: z.boolean(),
  words: z.string(),
})

/** An investment as a list shows it. */
export const InvestmentView = z.object({
  ref: z.string(),
  title: z.string(),
  statement: z.string(),
  kind: z.enum(['run', 'improve', 'new']),
  status: z.enum(['proposed', 'chosen', 'running', 'done', 'stopped']),
  owner: z.string().optional(),
  serves: z.array(z.object({ ref: z.string(), title: z.string() })),
  effects: z.array(
    z.object({
      measure: z.string(),
      subject: z.string().optional(),
      quantile: z.enum(['p50', 'p75', 'p90']).optional(),
      p10: Quantity,
      p50: Quantity,
      p90: Quantity,
      by: z.string(),
    }),
  ),
  cost: z.object({ peopleWeeks: z.number(), money: z.object({ amount: z.number(), currency: z.string() }).nullable() }).nullable(),
  dependsOn: z.array(z.string()),
  excludes: z.array(z.string()),
  controls: z.array(z.string()),
  start: z.string().optional(),
  end: z.string().optional(),
  premortem: z.string().optional(),
  contributions: z.array(ContributionView),
  /** Weighted sum of the mean contributions; null where it is unknown, with the reason. */
  worth: z.number().nullable(),
  unknown: z.object({ why: z.string(), fix: z.string() }).optional(),
  ranking: z.object({ worthPerWeek: z.number().nullable(), wsjf: z.number().nullable(), rice: z.number().nullable() }),
  reach: z.number().optional(),
  confidence: z.number().optional(),
  /** What it is worth, in a sentence. */
  words: z.string(),
})
export type InvestmentView = z.infer<typeof InvestmentView>

interface Weighing {
  gaps: ReadonlyMap<Ref, OutcomeGap>
  worth: Worth
  at: Instant
  weights?: ReadonlyMap<Ref, number>
}

/** An investment with what it is worth, as told. */
export function investmentView(investment: InvestmentIntent, weighing: Weighing): InvestmentView {
  const { ref, title, statement, kind, status, owner, cost, dependsOn, excludes, controls, start, end, premortem, reach, confidence } =
    investment
  const { gaps, worth, weights } = weighing
  const contributions = worth.contributions.flatMap((one) => contributionView(one, gaps))
  return {
    ref,
    title,
    statement,
    kind,
    status,
    owner,
    serves: investment.serves.map((outcome) => ({ ref: outcome, title: gaps.get(outcome)?.title ?? outcome })),
    effects: investment.effects.map(effectView),
    cost,
    dependsOn,
    excludes,
    controls,
    start: start === undefined ? undefined : formatDay(start),
    end: end === undefined ? undefined : formatDay(end - 1),
    premortem,
    contributions,
    worth: weightedWorth(worth, weights),
    unknown: worth.unknown === undefined ? undefined : { why: worth.unknown, fix: worth.fix ?? '' },
    ranking: rankingFor(investment, weighing),
    reach,
    confidence,
    words: contributions.length > 0 ? contributions.map(({ words }) => words).join(' ') : `What it is worth is unknown: ${worth.unknown}.`,
  }
}

/** Figures by which a list would be sorted. */
export function rankingFor(investment: InvestmentIntent, { gaps, worth, at, weights }: Weighing): InvestmentView['ranking'] {
  const dues = worth.contributions.flatMap(({ outcome }) => gaps.get(outcome)?.due ?? [])
  const { ref: _ref, ...figures } = rankingOf({
    ref: investment.ref,
    peopleWeeks: investment.cost?.peopleWeeks ?? 0,
    worth: weightedWorth(worth, weights),
    weeksLeft: dues.length > 0 ? (Math.min(...dues) - at) / WEEK : null,
    reach: investment.reach,
    confidence: investment.confidence,
  })
  return figures
}

function weightedWorth({ contributions, unknown }: Worth, weights: ReadonlyMap<Ref, number> | undefined): number | null {
  if (unknown !== undefined) return null
  return contributions.reduce((sum, { outcome, mean }) => sum + mean * (weights?.get(outcome) ?? 1), 0)
}

function contributionView(one: Worth['contributions'][number], gaps: ReadonlyMap<Ref, OutcomeGap>): z.infer<typeof ContributionView>[] {
  const gap = gaps.get(one.outcome)
  if (!gap || gap.now === null || gap.target === null) return []
  const { title, unit, now, nowFrom, target } = gap
  return [{ ...one, title, unit, now, nowFrom, target, words: contributionWords(one, gap) }]
}

function contributionWords({ mean, low, high, late, reached }: Worth['contributions'][number], { title }: OutcomeGap): string {
  if (reached) return `"${title}" is reached already: nothing is left to close.`
  const range = low === high ? '' : `, eight times in ten between ${percent(low)} and ${percent(high)}`
  if (mean < 0) return `It is expected to widen the gap of "${title}" by ${percent(-mean)} (closed: ${percent(low)} to ${percent(high)}).`
  return `It is expected to close ${percent(mean)} of the gap of "${title}"${range}${late ? ', but only after its day' : ''}.`
}

function effectView({ measure, subject, quantile, p10, p50, p90, by }: EffectIntent): InvestmentView['effects'][number] {
  return { measure, subject, quantile, p10, p50, p90, by: formatDay(by - 1) }
}
