import { urls } from '../../app/urls.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { LimitsField, troublesUnder } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { RefsField } from '../../parts/editing/refs-field.tsx'
import { useEntityEditor } from '../../parts/editing/use-entity-editor.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { ArmFields } from './editing/arm-fields.tsx'
import { draftOf, written } from './editing/draft.ts'

const EXPECTED = [
  { value: 'lower', label: 'lower in the treatment' },
  { value: 'higher', label: 'higher in the treatment' },
]

/** The form of an experiment: all that has to be fixed before it begins. */
export default function EditExperimentPage() {
  const editor = useEntityEditor({ kind: 'experiment', draftOf, written, placeOf: urls.experiment, list: urls.experiments() })
  const told = useLint(editor.document)
  const { one, needed, many } = fieldsOf(editor, told)
  const [groups, outcomes, decisions] = [useEntityOffers('group'), useEntityOffers('outcome'), useEntityOffers('decision')]
  const subjects = useEntityOffers('component', 'system', 'domain', 'repository')
  const measures = useMeasureOffers()
  const arm = (name: 'control' | 'treatment') => ({
    ...one(name),
    subjects,
    error: troublesUnder(told.errors, `spec.arms.${name}`) ?? (editor.tried ? told.errors.get('spec.arms') : undefined),
  })
  return (
    <EditorPage
      editor={editor}
      fresh="New experiment"
      asks="What do we try, what would show that it worked, and when may we stop? A rule changed after the start does not count."
      lint={told}
    >
      <TextField label="Title" {...needed('title', 'metadata.title')} placeholder="Book on one page" required />
      <AreaField
        label="Hypothesis"
        hint="What is tried, and what gets better by it."
        {...needed('hypothesis')}
        placeholder="Booking on one page takes less time than on three."
      />
      <FieldRow>
        <TextField label="Measure" hint="What shows it." {...needed('measure')} offers={measures} placeholder="booking.seconds" />
        <ChoiceField label="Expected" {...one('expect')} choices={EXPECTED} />
      </FieldRow>
      <ArmFields name="Control" placeholder="page = three" {...arm('control')} />
      <ArmFields name="Treatment" placeholder="page = one" {...arm('treatment')} />
      <FieldRow>
        <TextField label="Begins" type="date" {...needed('start')} />
        <TextField label="Ends" type="date" hint="At the latest." {...needed('end', 'spec.stop.end')} />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Smallest effect worth finding"
          hint="A difference, in the unit of the measure."
          {...needed('effect', 'spec.stop.effect', 'spec.stop')}
          placeholder="3, 15s, 2%"
        />
        <TextField
          label="Values before a look counts"
          hint="In each arm; 50 when left empty."
          {...one('least', 'spec.stop.least')}
          placeholder="50"
          optional
        />
        <TextField
          label="Risk of a false finding"
          hint="In per cent; 5 when left empty."
          {...one('alpha', 'spec.stop.alpha')}
          placeholder="5"
          optional
        />
      </FieldRow>
      <LimitsField
        label="Guardrails"
        hint="What must not get worse meanwhile: once one is broken, it is to be stopped."
        add="Add a guardrail"
        quantiles={false}
        {...many('guardrails')}
        measures={measures}
      />
      <RefsField label="Serves" add="Add an outcome" {...many('serves')} offers={outcomes} />
      <FieldRow>
        <TextField label="Settles" hint="The decision that waits for it." {...one('decision')} offers={decisions} optional />
        <TextField label="Owner" hint="The group that answers for it." {...one('owner')} offers={groups} optional />
      </FieldRow>
    </EditorPage>
  )
}
