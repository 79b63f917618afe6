import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { ask } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AreaField, ChoiceField, FieldRow, ListField, TextField } from '../../ui/form/index.ts'
import { textOf } from '../../parts/editing/document.ts'
import { type Edited, useEdited } from '../../parts/editing/edited.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { LimitsField } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { RefsField } from '../../parts/editing/refs-field.tsx'
import { useEditor } from '../../parts/editing/use-editor.ts'
import { type DecisionDraft, draftOf, written } from './editing/draft.ts'
import { isReplaceable, replacementOf, superseded } from './editing/replacement.ts'
import { ForecastsField } from '../../parts/editing/forecasts-field.tsx'
import { MatrixField } from './editing/matrix-field.tsx'

const STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded', 'draft', 'not stated']

export default function EditDecisionPage() {
  const { standpoint, search } = useAddress()
  const { namespace: own, name } = useNames()
  const present = useEdited(name ? `decision:${own}/${name}` : null)
  const replaced = useEdited(!name && /^decision:[\w.-]+\/[\w.-]+$/.test(search.replaces ?? '') ? search.replaces! : null)
  const namespace = own ?? replaced?.document.metadata.namespace ?? standpoint.scope ?? 'default'
  const { data: log } = useSuspenseQuery(ask('decisions', { scope: namespace, log: namespace, limit: 1 }))
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const start = useMemo(
    () => (replaced ? replacementOf(replaced.document, today) : draftOf(present?.document, today)),
    [present, replaced, today],
  )
  const documentOf = useCallback(
    (draft: DecisionDraft) =>
      written(draft, namespace, present?.document, { number: log.nextNumber, ...(replaced ? { supersedes: [replaced.ref] } : {}) }),
    [namespace, present, replaced, log],
  )
  const editor = useEditor({
    key: replaced ? `replaces:${replaced.ref}` : `decision:${namespace}/${name ?? 'new'}`,
    present,
    start,
    documentOf,
    also: (document) => (replaced && isReplaceable(replaced) ? [superseded(replaced, document)] : []),
    placeOf: urls.decision,
    list: urls.decisions(),
    back: present || replaced ? urls.decision((present ?? replaced)!.ref) : urls.decisions(),
  })
  const told = useLint(editor.document)
  const { one, needed, many } = fieldsOf(editor, told)
  const [groups, outcomes, principles] = [useEntityOffers('group'), useEntityOffers('outcome'), useEntityOffers('principle')]
  const components = useEntityOffers('component', 'system', 'api')
  const measures = useMeasureOffers()
  return (
    <EditorPage
      editor={editor}
      fresh="New decision"
      title={replaced ? `Replace “${textOf(replaced.document.metadata.title)}”` : undefined}
      asks="What do we choose, what for, and how would we notice that it was wrong?"
      lint={told}
      note={replaced && <Replaces older={replaced} />}
    >
      <TextField
        label="Title"
        hint="What is decided, in a few words."
        {...needed('title', 'metadata.title')}
        placeholder="Split the order service"
        required
      />
      <FieldRow>
        <ChoiceField label="Status" {...one('status')} choices={STATUSES.map((status) => ({ value: status, label: status }))} />
        <TextField label="Date" type="date" {...one('date')} />
        <TextField label="Look at it again by" type="date" {...one('revisitBy')} optional />
      </FieldRow>
      <RefsField label="Deciders" add="Add who decides" {...many('deciders')} offers={groups} />
      <AreaField label="Context" hint="What asks for a decision, and why now." {...one('context')} />
      <ListField
        label="Options"
        hint="Two at least; one of them may be to leave things as they are."
        add="Add an option"
        {...many('options')}
        fresh={() => ({ title: '', good: '', bad: '', kept: {} })}
        max={20}
      >
        {(option, set, index) => (
          <>
            <TextField label={`Option ${index + 1}`} value={option.title} onChange={(title) => set({ ...option, title })} />
            <AreaField label="Good, because" hint="One reason a line." value={option.good} onChange={(good) => set({ ...option, good })} />
            <AreaField label="Bad, because" hint="One reason a line." value={option.bad} onChange={(bad) => set({ ...option, bad })} />
          </>
        )}
      </ListField>
      <MatrixField options={editor.draft.options} {...many('criteria', 'spec.tradeOffs')} outcomes={outcomes} />
      <AreaField label="Decision" hint="Which option, and because of what." {...one('outcome')} />
      <AreaField label="Consequences" hint="What becomes easier, what harder." {...one('consequences')} optional />
      <RefsField label="Serves" add="Add an outcome" {...many('serves')} offers={outcomes} />
      <RefsField label="Argues for" add="Add a principle" {...many('supports')} offers={principles} />
      <RefsField label="Affects" add="Add what it affects" {...many('affects')} offers={components} />
      <LimitsField
        label="Assumptions"
        hint="What has to stay so for the decision to stay right; watched for as long as it stands."
        add="Add an assumption"
        {...many('assumptions')}
        measures={measures}
      />
      <ForecastsField {...many('expects')} measures={measures} />
      <AreaField label="It failed because …" hint="Imagine it failed. Why?" {...one('premortem')} optional />
      <LimitsField
        label="Tripwires"
        hint="Two limits that would show first that it goes wrong: beyond one, the decision asks to be looked at again."
        add="Add a tripwire"
        {...many('tripwires')}
        measures={measures}
      />
    </EditorPage>
  )
}

/** What the older decision becomes, said before it is saved. */
function Replaces({ older }: { older: Edited }) {
  const title = <Go to={urls.decision(older.ref)}>{textOf(older.document.metadata.title) || older.ref}</Go>
  if (older.file)
    return (
      <>
        This says that it replaces {title}. That is stated in {older.file}, which has to say so itself: there, run{' '}
        <code>throughline decision supersede</code>.
      </>
    )
  return isReplaceable(older) ? (
    <>Saving marks {title} as superseded by this one, both at once. What it said is filled in below: change what is otherwise now.</>
  ) : (
    <>{title} is superseded already and stays as it is; this says that it replaces it, too.</>
  )
}
