import { useCallback, useMemo } from 'react'
import { useAddress, useNames } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { textOf } from '../../parts/editing/document.ts'
import { useEdited } from '../../parts/editing/edited.ts'
import { Editor } from '../../parts/editing/editor.tsx'
import { ForecastsField } from '../../parts/editing/forecasts-field.tsx'
import { LimitsField, troublesUnder } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { RefsField } from '../../parts/editing/refs-field.tsx'
import { useEditor } from '../../parts/editing/use-editor.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { draftOf, type InvestmentDraft, written } from './editing/draft.ts'
import { EffectsField } from './editing/effects-field.tsx'
import { KIND, STATUS } from './words.ts'

const KINDS = Object.entries(KIND).map(([value, label]) => ({ value, label }))
const STATUSES = Object.entries(STATUS).map(([value, { words }]) => ({ value, label: words }))

export default function EditInvestmentPage() {
  const { standpoint } = useAddress()
  const { namespace = standpoint.scope ?? 'default', name } = useNames()
  const present = useEdited(name ? `investment:${namespace}/${name}` : null)
  const start = useMemo(() => draftOf(present?.document), [present])
  const documentOf = useCallback((draft: InvestmentDraft) => written(draft, namespace, present?.document), [namespace, present])
  const back = present ? urls.investment(present.ref) : urls.investments()
  const editor = useEditor({ key: `investment:${namespace}/${name ?? 'new'}`, present, start, documentOf, placeOf: urls.investment, back })
  const told = useLint(editor.document)
  const { draft, change } = editor
  const [groups, outcomes, investments] = [useEntityOffers('group'), useEntityOffers('outcome'), useEntityOffers('investment')]
  const subjects = useEntityOffers('component', 'system', 'domain', 'repository')
  const measures = useMeasureOffers()
  const under = (path: string) => troublesUnder(told.errors, path) ?? troublesUnder(told.advice, path)
  return (
    <Page
      title={present ? `Edit “${textOf(present.document.metadata.title) || name}”` : 'New investment'}
      asks="What would people and money go into, and how would anyone see that it was worth it?"
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
          placeholder="Tests in a minute"
          error={draft.title === '' ? undefined : told.errors.get('metadata.title')}
          required
        />
        <AreaField
          label="Statement"
          hint="What is done, so that what."
          value={draft.statement}
          onChange={(statement) => change({ statement })}
          error={draft.statement === '' ? undefined : told.errors.get('spec.statement')}
          advice={told.advice.get('spec.statement')}
        />
        <FieldRow>
          <ChoiceField label="Kind" value={draft.kind} onChange={(kind) => change({ kind })} choices={KINDS} />
          <ChoiceField
            label="Status"
            value={draft.status}
            onChange={(status) => change({ status })}
            choices={STATUSES}
            advice={told.advice.get('spec.status')}
          />
          <TextField
            label="Owner"
            hint="The group that answers for it."
            value={draft.owner}
            onChange={(owner) => change({ owner })}
            offers={groups}
            error={told.errors.get('spec.owner')}
            optional
          />
        </FieldRow>
        <RefsField
          label="Serves"
          add="Add an outcome"
          items={draft.serves}
          onChange={(serves) => change({ serves })}
          offers={outcomes}
          error={under('spec.serves')}
        />
        <EffectsField
          effects={draft.effects}
          onChange={(effects) => change({ effects })}
          measures={measures}
          subjects={subjects}
          error={under('spec.effects')}
        />
        <FieldRow>
          <TextField
            label="People-weeks"
            hint="One person for one week is one."
            value={draft.peopleWeeks}
            onChange={(peopleWeeks) => change({ peopleWeeks })}
            placeholder="12"
            error={told.errors.get('spec.cost.peopleWeeks') ?? told.errors.get('spec.cost')}
            advice={told.advice.get('spec.cost')}
          />
          <TextField
            label="Money"
            value={draft.amount}
            onChange={(amount) => change({ amount })}
            placeholder="20000"
            error={told.errors.get('spec.cost.money.amount')}
            optional
          />
          <TextField
            label="Currency"
            value={draft.currency}
            onChange={(currency) => change({ currency })}
            placeholder="EUR"
            error={told.errors.get('spec.cost.money.currency')}
            optional
          />
        </FieldRow>
        <RefsField
          label="Needs"
          hint="What has to be done, or chosen with it."
          add="Add what it needs"
          items={draft.dependsOn}
          onChange={(dependsOn) => change({ dependsOn })}
          offers={investments}
          error={under('spec.dependsOn')}
        />
        <RefsField
          label="Rules out"
          hint="What cannot be chosen beside it."
          add="Add what it rules out"
          items={draft.excludes}
          onChange={(excludes) => change({ excludes })}
          offers={investments}
          error={under('spec.excludes')}
        />
        <FieldRow>
          <TextField
            label="From"
            type="date"
            value={draft.start}
            onChange={(from) => change({ start: from })}
            error={told.errors.get('spec.start')}
            optional
          />
          <TextField
            label="To"
            type="date"
            hint="The day it was finished: from then on its effect is looked for."
            value={draft.end}
            onChange={(end) => change({ end })}
            error={told.errors.get('spec.end')}
            advice={told.advice.get('spec.end')}
            optional
          />
        </FieldRow>
        <RefsField
          label="Compared with"
          hint="What it does not touch, to tell its effect from what happened to all."
          add="Add what to compare with"
          items={draft.controls}
          onChange={(controls) => change({ controls })}
          offers={subjects}
          error={under('spec.controls')}
        />
        <FieldRow>
          <TextField
            label="Reach"
            hint="Customers or events it touches in a quarter, for RICE."
            value={draft.reach}
            onChange={(reach) => change({ reach })}
            error={told.errors.get('spec.reach')}
            optional
          />
          <TextField
            label="How sure, in per cent"
            hint="Of its effects, for RICE."
            value={draft.confidence}
            onChange={(confidence) => change({ confidence })}
            error={told.errors.get('spec.confidence')}
            optional
          />
        </FieldRow>
        <ForecastsField
          forecasts={draft.expects}
          onChange={(expects) => change({ expects })}
          measures={measures}
          error={under('spec.expects')}
        />
        <AreaField
          label="It failed because …"
          hint="Imagine it failed. Why?"
          value={draft.premortem}
          onChange={(premortem) => change({ premortem })}
          optional
        />
        <LimitsField
          label="Tripwires"
          hint="Two limits that would show first that it goes wrong."
          add="Add a tripwire"
          limits={draft.tripwires}
          onChange={(tripwires) => change({ tripwires })}
          measures={measures}
          error={under('spec.tripwires')}
        />
      </Editor>
    </Page>
  )
}
