import { type Document, filled, listOf, quantity, recordOf, slug, textOf, textsOf, trimmed } from '../../../parts/editing/document.ts'
import { type ForecastDraft, forecastsOf, forecastsWritten } from '../../../parts/editing/forecasts-field.tsx'
import { type Limit, limitsOf, limitsWritten } from '../../../parts/editing/limits-field.tsx'

/** An expected change as typed. */
export interface EffectDraft {
  measure: string
  subject: string
  quantile: string
  p10: string
  p50: string
  p90: string
  by: string
  /** Fields of the document the form does not show. */
  kept: Record<string, unknown>
}

export interface InvestmentDraft {
  title: string
  statement: string
  kind: string
  status: string
  owner: string
  serves: string[]
  effects: EffectDraft[]
  peopleWeeks: string
  amount: string
  currency: string
  reach: string
  confidence: string
  dependsOn: string[]
  excludes: string[]
  start: string
  end: string
  controls: string[]
  expects: ForecastDraft[]
  premortem: string
  tripwires: Limit[]
}

/** An investment as the form shows it. */
export function draftOf(document: Document | undefined): InvestmentDraft {
  const spec = document?.spec ?? {}
  const cost = recordOf(spec.cost)
  const money = recordOf(cost.money)
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    statement: textOf(spec.statement),
    kind: textOf(spec.kind) || 'improve',
    status: textOf(spec.status) || 'proposed',
    owner: textOf(spec.owner),
    serves: textsOf(spec.serves),
    effects: listOf(spec.effects).map((item) => {
      const { measure, subject, quantile, p10, p50, p90, by, ...kept } = recordOf(item)
      return {
        measure: textOf(measure),
        subject: textOf(subject),
        quantile: textOf(quantile),
        p10: textOf(p10),
        p50: textOf(p50),
        p90: textOf(p90),
        by: textOf(by),
        kept,
      }
    }),
    peopleWeeks: textOf(cost.peopleWeeks),
    amount: textOf(money.amount),
    currency: textOf(money.currency),
    reach: textOf(spec.reach),
    confidence: typeof spec.confidence === 'number' ? String(Math.round(spec.confidence * 1000) / 10) : '',
    dependsOn: textsOf(spec.dependsOn),
    excludes: textsOf(spec.excludes),
    start: textOf(spec.start),
    end: textOf(spec.end),
    controls: textsOf(spec.controls),
    expects: forecastsOf(spec.expects),
    premortem: textOf(spec.premortem),
    tripwires: limitsOf(spec.tripwires),
  }
}

/** The document a form writes; what it does not show is kept as it was. */
export function written(draft: InvestmentDraft, namespace: string, before: Document | undefined): Document {
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Investment',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? slug(draft.title), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? {}, {
      statement: draft.statement.trim(),
      kind: draft.kind,
      status: draft.status,
      owner: draft.owner.trim(),
      serves: trimmed(draft.serves),
      effects: draft.effects.filter(({ measure, p10, p50, p90 }) => [measure, p10, p50, p90].some((text) => text.trim())).map(effectOf),
      cost: filled({}, { peopleWeeks: quantity(draft.peopleWeeks), money: moneyOf(draft) }),
      reach: quantity(draft.reach),
      confidence: shareOf(draft.confidence),
      dependsOn: trimmed(draft.dependsOn),
      excludes: trimmed(draft.excludes),
      start: draft.start,
      end: draft.end,
      controls: trimmed(draft.controls),
      expects: forecastsWritten(draft.expects),
      premortem: draft.premortem.trim(),
      tripwires: limitsWritten(draft.tripwires),
    }),
  }
}

function effectOf({ measure, subject, quantile, p10, p50, p90, by, kept }: EffectDraft): Record<string, unknown> {
  return filled(kept, {
    measure: measure.trim(),
    subject: subject.trim(),
    quantile,
    p10: quantity(p10),
    p50: quantity(p50),
    p90: quantity(p90),
    by,
  })
}

/** Both halves are written as soon as one is, so that the missing one is asked for. */
function moneyOf({ amount, currency }: InvestmentDraft): Record<string, unknown> | undefined {
  return amount.trim() ? filled({}, { amount: quantity(amount), currency: currency.trim().toUpperCase() }) : undefined
}

/** "70" or "70 %" as 0.7; what is no number stays as typed, so that it is told off. */
function shareOf(percent: string): string | number | undefined {
  const read = quantity(percent.replace(/%\s*$/, ''))
  return typeof read === 'number' ? read / 100 : read
}
