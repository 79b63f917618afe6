import { useCallback, useMemo } from 'react'
import { useNames, useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { type Document, filled, quantity, recordOf, slug, textOf } from '../../parts/editing/document.ts'
import { Editor } from '../../parts/editing/editor.tsx'
import { type Limit, LimitsField, limitsOf, limitsWritten, QUANTILES, troublesUnder } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { useEdited } from '../../parts/editing/edited.ts'
import { useEditor } from '../../parts/editing/use-editor.ts'

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
  const { standpoint } = useAddress()
  const { namespace = standpoint.scope ?? 'default', name } = useNames()
  const present = useEdited(name ? `outcome:${namespace}/${name}` : null)
  const start = useMemo(() => draftOf(present?.document), [present])
  const documentOf = useCallback((draft: Draft) => written(draft, namespace, present?.document), [namespace, present])
  const back = present ? urls.outcome(present.ref) : urls.vision()
  const editor = useEditor({ key: `outcome:${namespace}/${name ?? 'new'}`, present, start, documentOf, placeOf: urls.outcome, back })
  const told = useLint(editor.document)
  const { draft, change } = editor
  const groups = useEntityOffers('group')
  const subjects = useEntityOffers('component', 'system', 'domain', 'repository')
  const measures = useMeasureOffers()
  return (
    <Page
      title={present ? `Edit “${textOf(present.document.metadata.title) || name}”` : 'New outcome'}
      asks="What gets better for whom, by when, and how would anyone see it?"
      above={<Go to={back}>Back</Go>}
    >
      <Editor
        editor={editor}
        document={editor.document}
        lint={told}
        note={present?.file && `Stated in ${present.file}. What you save here stands until that file changes.`}
      >
        <TextField
          label="Title"
          value={draft.title}
          onChange={(title) => change({ title })}
          placeholder="Faster checkout"
          error={shown(draft.title, told.errors.get('metadata.title'))}
          required
        />
        <AreaField
          label="Statement"
          hint="One sentence a customer would understand."
          value={draft.statement}
          onChange={(statement) => change({ statement })}
          placeholder="Customers get improvements within a day."
          error={shown(draft.statement, told.errors.get('spec.statement'))}
          advice={told.advice.get('spec.statement')}
        />
        <FieldRow>
          <ChoiceField
            label="Lever"
            hint="What it pulls on."
            value={draft.lever}
            onChange={(lever) => change({ lever })}
            choices={LEVERS}
            optional
          />
          <TextField
            label="Owner"
            hint="The group that answers for it."
            value={draft.owner}
            onChange={(owner) => change({ owner })}
            offers={groups}
            placeholder="group:default/delivery"
            error={told.errors.get('spec.owner')}
            advice={told.advice.get('spec.owner')}
          />
        </FieldRow>
        <TextField
          label="Measure"
          hint="What shows it. Any id that is measured or reported."
          value={draft.measure}
          onChange={(measure) => change({ measure })}
          offers={measures}
          placeholder="delivery.change_lead_time"
          error={told.errors.get('spec.measure')}
          advice={told.advice.get('spec.measure')}
        />
        <FieldRow>
          <ChoiceField
            label="Of which"
            hint="Which quantile is held against the target."
            value={draft.quantile}
            onChange={(quantile) => change({ quantile })}
            choices={QUANTILES}
            optional
          />
          <TextField
            label="Measured for"
            hint="Everything when left empty."
            value={draft.subject}
            onChange={(subject) => change({ subject })}
            offers={subjects}
            placeholder="system:default/checkout"
            error={told.errors.get('spec.subject')}
            optional
          />
        </FieldRow>
        <FieldRow>
          <TextField
            label="Baseline"
            hint="The value at the start."
            value={draft.baselineValue}
            onChange={(baselineValue) => change({ baselineValue })}
            placeholder="4.1d"
            error={told.errors.get('spec.baseline.value')}
            advice={told.advice.get('spec.baseline')}
          />
          <TextField
            label="Baseline measured on"
            type="date"
            hint="The day it stood there."
            value={draft.baselineAt}
            onChange={(baselineAt) => change({ baselineAt })}
            error={told.errors.get('spec.baseline.at')}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            label="Target"
            hint="Such as 400, 36h, 2d, 10%."
            value={draft.targetValue}
            onChange={(targetValue) => change({ targetValue })}
            placeholder="1d"
            error={told.errors.get('spec.target.value')}
            advice={told.advice.get('spec.target') ?? told.advice.get('spec.target.value')}
          />
          <TextField
            label="Reached by"
            type="date"
            hint="The last day of the promise."
            value={draft.targetBy}
            onChange={(targetBy) => change({ targetBy })}
            error={told.errors.get('spec.target.by')}
            advice={told.advice.get('spec.target.by')}
          />
        </FieldRow>
        <TextField
          label="Planned share of the work"
          hint="Of all that is done; the page Work shows what came."
          value={draft.plan}
          onChange={(plan) => change({ plan })}
          placeholder="20%"
          error={told.errors.get('spec.plan.share')}
          optional
        />
        <LimitsField
          label="Guardrails"
          hint="What must not get worse meanwhile. Without a value: no worse than at the baseline."
          add="Add a guardrail"
          limits={draft.guardrails}
          onChange={(guardrails) => change({ guardrails })}
          measures={measures}
          error={troublesUnder(told.errors, 'spec.guardrails')}
        />
      </Editor>
    </Page>
  )
}

/** A field nobody has touched yet is not told off. */
function shown(text: string, error: string | undefined): string | undefined {
  return text === '' ? undefined : error
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
