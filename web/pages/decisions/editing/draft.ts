import { type Document, filled, listOf, recordOf, slug, textOf, textsOf, trimmed } from '../../../parts/editing/document.ts'
import { type ForecastDraft, forecastsOf, forecastsWritten } from '../../../parts/editing/forecasts-field.tsx'
import { type Limit, limitsOf, limitsWritten } from '../../../parts/editing/limits-field.tsx'

/** An option as typed: arguments one a line. */
export interface OptionDraft {
  title: string
  good: string
  bad: string
  kept: Record<string, unknown>
}

/** A criterion with what each option does to it, by the place of the option in the list. */
export interface CriterionDraft {
  criterion: string
  cells: { effect: string; note: string }[]
}

export interface DecisionDraft {
  title: string
  status: string
  date: string
  deciders: string[]
  context: string
  options: OptionDraft[]
  criteria: CriterionDraft[]
  outcome: string
  consequences: string
  serves: string[]
  supports: string[]
  affects: string[]
  assumptions: Limit[]
  expects: ForecastDraft[]
  premortem: string
  tripwires: Limit[]
  revisitBy: string
}

export const EFFECTS = ['unknown', 'much better', 'better', 'same', 'worse', 'much worse'] as const
export const NO_CELL = { effect: 'unknown', note: '' }

/** A decision as the form shows it. */
export function draftOf(document: Document | undefined, today: string): DecisionDraft {
  const spec = document?.spec ?? {}
  const texts = (field: string) => textsOf(spec[field])
  const options = listOf(spec.options).map((item): OptionDraft => {
    const { title, good, bad, ...kept } = recordOf(item)
    return { title: textOf(title), good: textsOf(good).join('\n'), bad: textsOf(bad).join('\n'), kept }
  })
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    status: textOf(spec.status) || (document ? 'not stated' : 'proposed'),
    date: textOf(spec.date) || (document ? '' : today),
    deciders: texts('deciders'),
    context: textOf(spec.context),
    options,
    criteria: listOf(spec.tradeOffs).map((item): CriterionDraft => {
      const { criterion, options: judged } = recordOf(item)
      const by = new Map(listOf(judged).map((one) => [textOf(recordOf(one).option), recordOf(one)]))
      const cells = options.map(({ title }) => ({ effect: textOf(by.get(title)?.effect) || 'unknown', note: textOf(by.get(title)?.note) }))
      return { criterion: textOf(criterion), cells }
    }),
    outcome: textOf(spec.outcome),
    consequences: textOf(spec.consequences),
    serves: texts('serves'),
    supports: texts('supports'),
    affects: texts('affects'),
    assumptions: limitsOf(spec.assumptions),
    expects: forecastsOf(spec.expects),
    premortem: textOf(spec.premortem),
    tripwires: limitsOf(spec.tripwires),
    revisitBy: textOf(spec.revisitBy),
  }
}

/**
 * The document a form writes; what it does not show is kept as it was.
 * @param fresh what a new one has besides: its number, and what it replaces
 */
export function written(
  draft: DecisionDraft,
  namespace: string,
  before: Document | undefined,
  fresh: { number: number; supersedes?: string[] },
): Document {
  const lines = (text: string) => trimmed(text.split('\n'))
  const titles = draft.options.map(({ title }) => title.trim())
  const name =
    before?.metadata.name ?? (slug(draft.title) ? `${String(fresh.number).padStart(4, '0')}-${slug(draft.title).slice(0, 57)}` : '')
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Decision',
    metadata: { ...before?.metadata, name: name.replace(/-+$/, ''), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? { ...fresh }, {
      status: draft.status,
      date: draft.date,
      deciders: trimmed(draft.deciders),
      context: draft.context.trim(),
      options: draft.options
        .filter(({ title }) => title.trim())
        .map(({ title, good, bad, kept }) => filled(kept, { title: title.trim(), good: lines(good), bad: lines(bad) })),
      tradeOffs: draft.criteria
        .filter(({ criterion }) => criterion.trim())
        .map(({ criterion, cells }) => ({
          criterion: criterion.trim(),
          ...(/^outcome:\S+$/i.test(criterion.trim()) ? { outcome: criterion.trim() } : {}),
          options: titles.flatMap((option, index) => {
            const { effect, note } = cells[index] ?? NO_CELL
            return option ? [{ option, effect, ...(note.trim() ? { note: note.trim() } : {}) }] : []
          }),
        })),
      outcome: draft.outcome.trim(),
      consequences: draft.consequences.trim(),
      serves: trimmed(draft.serves),
      supports: trimmed(draft.supports),
      affects: trimmed(draft.affects),
      assumptions: limitsWritten(draft.assumptions),
      expects: forecastsWritten(draft.expects),
      premortem: draft.premortem.trim(),
      tripwires: limitsWritten(draft.tripwires),
      revisitBy: draft.revisitBy,
    }),
  }
}
