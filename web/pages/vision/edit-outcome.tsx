import { urls } from '../../app/urls.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { type Document, filled, quantity, recordOf, slug, textOf } from '../../parts/editing/document.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { type Limit, LimitsField, limitsOf, limitsWritten, QUANTILES } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { useEntityEditor } from '../../parts/editing/use-entity-editor.ts'

const LEVERS = [
  { value: '', label: 'not said' },
  { value: 'time-to-market', label: 'time to market' },
  { value: 'uptime', label: 'uptime' },
  { value: 'customer-friction', label: 'customer friction' },
  { value: 'operating-cost', label: 'operating cost' },
  { value: 'other', label: 'something else' },
]

interface Draft {
  title: string
  statement: string
  lever: string
  owner: string
  measure: string
  quantile: string
  subject: string
  baselineValue: string
  baselineAt: string
  targetValue: string
  targetBy: string
  plan: string
  guardrails: Limit[]
}

export default function EditOutcomePage() {
  const editor = useEntityEditor({ kind: 'outcome', draftOf, written, placeOf: urls.outcome, list: urls.vision() })
  const told = useLint(editor.document)
  const { one, needed, many } = fieldsOf(editor, told)
  const groups = useEntityOffers('group')
  const subjects = useEntityOffers('component', 'system', 'domain', 'repository')
  const measures = useMeasureOffers()
  return (
    <EditorPage editor={editor} fresh="New outcome" asks="What gets better for whom, by when, and how would anyone see it?" lint={told}>
      <TextField label="Title" {...needed('title', 'metadata.title')} placeholder="Faster checkout" required />
      <AreaField
        label="Statement"
        hint="One sentence a customer would understand."
        {...needed('statement')}
        placeholder="Customers get improvements within a day."
      />
      <FieldRow>
        <ChoiceField label="Lever" hint="What it pulls on." {...one('lever')} choices={LEVERS} optional />
        <TextField
          label="Owner"
          hint="The group that answers for it."
          {...one('owner')}
          offers={groups}
          placeholder="group:default/delivery"
        />
      </FieldRow>
      <TextField
        label="Measure"
        hint="What shows it. Any id that is measured or reported."
        {...one('measure')}
        offers={measures}
        placeholder="delivery.change_lead_time"
      />
      <FieldRow>
        <ChoiceField label="Of which" hint="Which quantile is held against the target." {...one('quantile')} choices={QUANTILES} optional />
        <TextField
          label="Measured for"
          hint="Everything when left empty."
          {...one('subject')}
          offers={subjects}
          placeholder="system:default/checkout"
          optional
        />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Baseline"
          hint="The value at the start."
          {...one('baselineValue', 'spec.baseline.value', 'spec.baseline')}
          placeholder="4.1d"
        />
        <TextField label="Baseline measured on" type="date" hint="The day it stood there." {...one('baselineAt', 'spec.baseline.at')} />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Target"
          hint="Such as 400, 36h, 2d, 10%."
          {...one('targetValue', 'spec.target.value', 'spec.target')}
          placeholder="1d"
        />
        <TextField label="Reached by" type="date" hint="The last day of the promise." {...one('targetBy', 'spec.target.by')} />
      </FieldRow>
      <TextField
        label="Planned share of the work"
        hint="Of all that is done; the page Work shows what came."
        {...one('plan', 'spec.plan.share')}
        placeholder="20%"
        optional
      />
      <LimitsField
        label="Guardrails"
        hint="What must not get worse meanwhile. Without a value: no worse than at the baseline."
        add="Add a guardrail"
        {...many('guardrails')}
        measures={measures}
      />
    </EditorPage>
  )
}

function draftOf(document: Document | undefined): Draft {
  const spec = document?.spec ?? {}
  const [baseline, target] = [recordOf(spec.baseline), recordOf(spec.target)]
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    statement: textOf(spec.statement),
    lever: textOf(spec.lever),
    owner: textOf(spec.owner),
    measure: textOf(spec.measure),
    quantile: textOf(spec.quantile),
    subject: textOf(spec.subject),
    baselineValue: textOf(baseline.value),
    baselineAt: textOf(baseline.at),
    targetValue: textOf(target.value),
    targetBy: textOf(target.by),
    plan: textOf(recordOf(spec.plan).share),
    guardrails: limitsOf(spec.guardrails),
  }
}

function written(draft: Draft, namespace: string, before: Document | undefined): Document {
  const { title, statement, lever, owner, measure, quantile, subject } = draft
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Outcome',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? slug(title), namespace, title: title.trim() },
    spec: filled(before?.spec ?? {}, {
      statement: statement.trim(),
      lever,
      owner: owner.trim(),
      measure: measure.trim(),
      quantile,
      subject: subject.trim(),
      baseline: pair({ value: quantity(draft.baselineValue), at: draft.baselineAt }),
      target: pair({ value: quantity(draft.targetValue), by: draft.targetBy }),
      plan: pair({ share: quantity(draft.plan) }),
      guardrails: limitsWritten(draft.guardrails),
    }),
  }
}

/** Both halves of a pair are written as soon as one is, so that the missing one is asked for. */
function pair(halves: Record<string, string | number | undefined>): Record<string, string | number | undefined> | undefined {
  return Object.values(halves).every((half) => half === undefined || half === '')
    ? undefined
    : Object.fromEntries(Object.entries(halves).filter(([, half]) => half !== undefined && half !== ''))
}
