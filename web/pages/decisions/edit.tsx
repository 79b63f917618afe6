import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { ask } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AreaField, ChoiceField, FieldRow, ListField, TextField } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { textOf } from '../vision/editing/document.ts'
import { useEdited } from '../vision/editing/edited.ts'
import { Editor } from '../vision/editing/editor.tsx'
import { LimitsField, troublesUnder } from '../vision/editing/limits-field.tsx'
import { useLint } from '../vision/editing/lint.ts'
import { type Offer, useEntityOffers, useMeasureOffers } from '../vision/editing/offers.ts'
import { useEditor } from '../vision/editing/use-editor.ts'
import { type DecisionDraft, draftOf, written } from './editing/draft.ts'
import { ForecastsField } from './editing/forecasts-field.tsx'
import { MatrixField } from './editing/matrix-field.tsx'

const STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded', 'draft', 'not stated']

export default function EditDecisionPage() {
  const { standpoint } = useAddress()
  const { namespace = standpoint.scope ?? 'default', name } = useNames()
  const present = useEdited(name ? `decision:${namespace}/${name}` : null)
  const { data: log } = useSuspenseQuery(ask('decisions', { scope: namespace, log: namespace, limit: 1 }))
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const start = useMemo(() => draftOf(present?.document, today), [present, today])
  const documentOf = useCallback(
    (draft: DecisionDraft) => written(draft, namespace, present?.document, log.nextNumber),
    [namespace, present, log],
  )
  const editor = useEditor({ key: `decision:${namespace}/${name ?? 'new'}`, present, start, documentOf, placeOf: urls.decision })
  const told = useLint(editor.document)
  const { draft, change } = editor
  const [groups, outcomes, principles] = [useEntityOffers('group'), useEntityOffers('outcome'), useEntityOffers('principle')]
  const components = useEntityOffers('component', 'system', 'api')
  const measures = useMeasureOffers()
  const under = (path: string) => troublesUnder(told.errors, path) ?? troublesUnder(told.advice, path)
  const back = present ? urls.decision(present.ref) : urls.decisions()
  return (
    <Page
      title={present ? `Edit “${textOf(present.document.metadata.title) || name}”` : 'New decision'}
      asks="What do we choose, what for, and how would we notice that it was wrong?"
      above={<Go to={back}>Back</Go>}
    >
      <Editor
        editor={editor}
        document={editor.document}
        lint={told}
        back={back}
        note={present?.file && `Stated in ${present.file}. What you save here stands until that file changes.`}
      >
        <TextField
          label="Title"
          hint="What is decided, in a few words."
          value={draft.title}
          onChange={(title) => change({ title })}
          placeholder="Split the order service"
          error={draft.title === '' ? undefined : told.errors.get('metadata.title')}
          required
        />
        <FieldRow>
          <ChoiceField
            label="Status"
            value={draft.status}
            onChange={(status) => change({ status })}
            choices={STATUSES.map((status) => ({ value: status, label: status }))}
          />
          <TextField
            label="Date"
            type="date"
            value={draft.date}
            onChange={(date) => change({ date })}
            error={told.errors.get('spec.date')}
          />
          <TextField
            label="Look at it again by"
            type="date"
            value={draft.revisitBy}
            onChange={(revisitBy) => change({ revisitBy })}
            error={told.errors.get('spec.revisitBy')}
            optional
          />
        </FieldRow>
        <Refs label="Deciders" add="Add who decides" items={draft.deciders} onChange={(deciders) => change({ deciders })} offers={groups} />
        <AreaField
          label="Context"
          hint="What asks for a decision, and why now."
          value={draft.context}
          onChange={(context) => change({ context })}
        />
        <ListField
          label="Options"
          hint="Two at least; one of them may be to leave things as they are."
          add="Add an option"
          items={draft.options}
          onChange={(options) => change({ options })}
          fresh={() => ({ title: '', good: '', bad: '', kept: {} })}
          max={20}
          error={under('spec.options')}
        >
          {(option, set, index) => (
            <>
              <TextField label={`Option ${index + 1}`} value={option.title} onChange={(title) => set({ ...option, title })} />
              <AreaField
                label="Good, because"
                hint="One reason a line."
                value={option.good}
                onChange={(good) => set({ ...option, good })}
              />
              <AreaField label="Bad, because" hint="One reason a line." value={option.bad} onChange={(bad) => set({ ...option, bad })} />
            </>
          )}
        </ListField>
        <MatrixField
          options={draft.options}
          criteria={draft.criteria}
          onChange={(criteria) => change({ criteria })}
          outcomes={outcomes}
          error={under('spec.tradeOffs')}
        />
        <AreaField
          label="Decision"
          hint="Which option, and because of what."
          value={draft.outcome}
          onChange={(outcome) => change({ outcome })}
        />
        <AreaField
          label="Consequences"
          hint="What becomes easier, what harder."
          value={draft.consequences}
          onChange={(consequences) => change({ consequences })}
          optional
        />
        <Refs
          label="Serves"
          add="Add an outcome"
          items={draft.serves}
          onChange={(serves) => change({ serves })}
          offers={outcomes}
          error={under('spec.serves')}
        />
        <Refs
          label="Argues for"
          add="Add a principle"
          items={draft.supports}
          onChange={(supports) => change({ supports })}
          offers={principles}
          error={under('spec.supports')}
        />
        <Refs
          label="Affects"
          add="Add what it affects"
          items={draft.affects}
          onChange={(affects) => change({ affects })}
          offers={components}
          error={under('spec.affects')}
        />
        <LimitsField
          label="Assumptions"
          hint="What has to stay so for the decision to stay right; watched for as long as it stands."
          add="Add an assumption"
          limits={draft.assumptions}
          onChange={(assumptions) => change({ assumptions })}
          measures={measures}
          error={under('spec.assumptions')}
        />
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
          hint="Two limits that would show first that it goes wrong: beyond one, the decision asks to be looked at again."
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

interface RefsProps {
  label: string
  add: string
  items: readonly string[]
  onChange: (items: string[]) => void
  offers: readonly Offer[]
  error?: string | undefined
}

function Refs({ label, add, items, onChange, offers, error }: RefsProps) {
  return (
    <ListField label={label} add={add} items={items} onChange={onChange} fresh={() => ''} error={error}>
      {(text, set, index) => <TextField label={`${label} ${index + 1}`} value={text} onChange={set} offers={offers} />}
    </ListField>
  )
}
