import { type Document, filled, listOf, quantity, recordOf, slug, textOf } from '../../vision/editing/document.ts'
import { type Limit, limitsOf, limitsWritten } from '../../vision/editing/limits-field.tsx'

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

/** A forecast as typed: a limit, its day and how sure its authors are, in per cent. */
export interface ForecastDraft extends Limit {
  by: string
  sure: string
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
  const texts = (field: string) => listOf(spec[field]).map(textOf)
  const options = listOf(spec.options).map((item): OptionDraft => {
    const { title, good, bad, ...kept } = recordOf(item)
    return { title: textOf(title), good: listOf(good).map(textOf).join('\n'), bad: listOf(bad).map(textOf).join('\n'), kept }
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
    expects: limitsOf(spec.expects).map(({ kept: { by, probability, ...kept }, ...limit }) => ({
      ...limit,
      kept,
      by: textOf(by),
      sure: typeof probability === 'number' ? String(Math.round(probability * 1000) / 10) : '',
    })),
    premortem: textOf(spec.premortem),
    tripwires: limitsOf(spec.tripwires),
    revisitBy: textOf(spec.revisitBy),
  }
}

/** The document a form writes; what it does not show is kept as it was. */
export function written(draft: DecisionDraft, namespace: string, before: Document | undefined, number: number): Document {
  const texts = (list: readonly string[]) => list.map((text) => text.trim()).filter(Boolean)
  const lines = (text: string) => texts(text.split('\n'))
  const titles = draft.options.map(({ title }) => title.trim())
  const name = before?.metadata.name ?? (slug(draft.title) ? `${String(number).padStart(4, '0')}-${slug(draft.title).slice(0, 57)}` : '')
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Decision',
    metadata: { ...before?.metadata, name: name.replace(/-+$/, ''), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? { number }, {
      status: draft.status,
      date: draft.date,
      deciders: texts(draft.deciders),
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
      serves: texts(draft.serves),
      supports: texts(draft.supports),
      affects: texts(draft.affects),
      assumptions: limitsWritten(draft.assumptions),
      expects: draft.expects.flatMap(({ by, sure, ...limit }) =>
        limitsWritten([limit]).map((stated) => {
          const probability = quantity(sure.replace(/%\s*$/, ''))
          return { ...stated, by, probability: typeof probability === 'number' ? probability / 100 : probability }
        }),
      ),
      premortem: draft.premortem.trim(),
      tripwires: limitsWritten(draft.tripwires),
      revisitBy: draft.revisitBy,
    }),
  }
}
