import { type Document, filled, quantity, recordOf, slug, textOf, textsOf, trimmed } from '../../../parts/editing/document.ts'
import { type Limit, limitsOf, limitsWritten } from '../../../parts/editing/limits-field.tsx'

/** Which records belong to an arm, as typed. */
export interface ArmDraft {
  subject: string
  /** "form = one-page, country = NO". */
  where: string
  /** Fields of the document the form does not show. */
  kept: Record<string, unknown>
}

export interface ExperimentDraft {
  title: string
  hypothesis: string
  measure: string
  expect: string
  control: ArmDraft
  treatment: ArmDraft
  start: string
  end: string
  effect: string
  alpha: string
  least: string
  guardrails: Limit[]
  owner: string
  serves: string[]
  decision: string
}

/** An experiment as the form shows it. */
export function draftOf(document: Document | undefined): ExperimentDraft {
  const spec = document?.spec ?? {}
  const { control, treatment } = recordOf(spec.arms)
  const stop = recordOf(spec.stop)
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    hypothesis: textOf(spec.hypothesis),
    measure: textOf(spec.measure),
    expect: textOf(spec.expect) || 'lower',
    control: armOf(control),
    treatment: armOf(treatment),
    start: textOf(spec.start),
    end: textOf(stop.end),
    effect: textOf(stop.effect),
    alpha: typeof stop.alpha === 'number' ? String(Math.round(stop.alpha * 10_000) / 100) : '',
    least: textOf(stop.least),
    guardrails: limitsOf(spec.guardrails),
    owner: textOf(spec.owner),
    serves: textsOf(spec.serves),
    decision: textOf(spec.decision),
  }
}

/** The document a form writes; what it does not show is kept as it was. */
export function written(draft: ExperimentDraft, namespace: string, before: Document | undefined): Document {
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Experiment',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? slug(draft.title), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? {}, {
      hypothesis: draft.hypothesis.trim(),
      measure: draft.measure.trim(),
      expect: draft.expect,
      arms: { control: armWritten(draft.control), treatment: armWritten(draft.treatment) },
      start: draft.start,
      stop: filled(recordOf(before?.spec.stop), {
        effect: quantity(draft.effect),
        end: draft.end,
        alpha: shareOf(draft.alpha),
        least: quantity(draft.least),
      }),
      guardrails: limitsWritten(draft.guardrails),
      owner: draft.owner.trim(),
      serves: trimmed(draft.serves),
      decision: draft.decision.trim(),
    }),
  }
}

function armOf(arm: unknown): ArmDraft {
  const { subject, where, ...kept } = recordOf(arm)
  const pairs = Object.entries(recordOf(where)).map(([name, value]) => `${name} = ${textOf(value)}`)
  return { subject: textOf(subject), where: pairs.join(', '), kept }
}

function armWritten({ subject, where, kept }: ArmDraft): Record<string, unknown> {
  return filled(kept, { subject: subject.trim(), where: whereOf(where) })
}

/** "form = one-page" as { form: one-page }. A name without a value stays, so that what is typed is not lost. */
export function whereOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((part) => {
    const [name = '', ...value] = part.split('=')
    return name.trim() === '' ? [] : [[name.trim(), value.join('=').trim()] as const]
  })
  return Object.fromEntries(pairs)
}

/** "5" or "5 %" as 0.05; what is no number stays as typed, so that it is told off. */
function shareOf(percent: string): string | number | undefined {
  const read = quantity(percent.replace(/%\s*$/, ''))
  return typeof read === 'number' ? read / 100 : read
}
