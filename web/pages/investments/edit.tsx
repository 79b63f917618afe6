import { urls } from '../../app/urls.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { ForecastsField } from '../../parts/editing/forecasts-field.tsx'
import { LimitsField } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { RefsField } from '../../parts/editing/refs-field.tsx'
import { useEntityEditor } from '../../parts/editing/use-entity-editor.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { draftOf, written } from './editing/draft.ts'
import { EffectsField } from './editing/effects-field.tsx'
import { KIND, STATUS } from './words.ts'

const KINDS = Object.entries(KIND).map(([value, label]) => ({ value, label }))
const STATUSES = Object.entries(STATUS).map(([value, { words }]) => ({ value, label: words }))

export default function EditInvestmentPage() {
  const editor = useEntityEditor({ kind: 'investment', draftOf, written, placeOf: urls.investment, list: urls.investments() })
  const told = useLint(editor.document)
  const { one, needed, many } = fieldsOf(editor, told)
  const [groups, outcomes, investments] = [useEntityOffers('group'), useEntityOffers('outcome'), useEntityOffers('investment')]
  const subjects = useEntityOffers('component', 'system', 'domain', 'repository')
  const measures = useMeasureOffers()
  return (
    <EditorPage
      editor={editor}
      fresh="New investment"
      asks="What would people and money go into, and how would anyone see that it was worth it?"
      lint={told}
    >
      <TextField label="Title" {...needed('title', 'metadata.title')} placeholder="Tests in a minute" required />
      <AreaField label="Statement" hint="What is done, so that what." {...needed('statement')} />
      <FieldRow>
        <ChoiceField label="Kind" {...one('kind')} choices={KINDS} />
        <ChoiceField label="Status" {...one('status')} choices={STATUSES} />
        <TextField label="Owner" hint="The group that answers for it." {...one('owner')} offers={groups} optional />
      </FieldRow>
      <RefsField label="Serves" add="Add an outcome" {...many('serves')} offers={outcomes} />
      <EffectsField {...many('effects')} measures={measures} subjects={subjects} />
      <FieldRow>
        <TextField
          label="People-weeks"
          hint="One person for one week is one."
          {...one('peopleWeeks', 'spec.cost.peopleWeeks', 'spec.cost')}
          placeholder="12"
        />
        <TextField label="Money" {...one('amount', 'spec.cost.money.amount')} placeholder="20000" optional />
        <TextField label="Currency" {...one('currency', 'spec.cost.money.currency')} placeholder="EUR" optional />
      </FieldRow>
      <RefsField
        label="Needs"
        hint="What has to be done, or chosen with it."
        add="Add what it needs"
        {...many('dependsOn')}
        offers={investments}
      />
      <RefsField
        label="Rules out"
        hint="What cannot be chosen beside it."
        add="Add what it rules out"
        {...many('excludes')}
        offers={investments}
      />
      <FieldRow>
        <TextField label="From" type="date" {...one('start')} optional />
        <TextField label="To" type="date" hint="The day it was finished: from then on its effect is looked for." {...one('end')} optional />
      </FieldRow>
      <RefsField
        label="Compared with"
        hint="What it does not touch, to tell its effect from what happened to all."
        add="Add what to compare with"
        {...many('controls')}
        offers={subjects}
      />
      <FieldRow>
        <TextField label="Reach" hint="Customers or events it touches in a quarter, for RICE." {...one('reach')} optional />
        <TextField label="How sure, in per cent" hint="Of its effects, for RICE." {...one('confidence')} optional />
      </FieldRow>
      <ForecastsField {...many('expects')} measures={measures} />
      <AreaField label="It failed because …" hint="Imagine it failed. Why?" {...one('premortem')} optional />
      <LimitsField
        label="Tripwires"
        hint="Two limits that would show first that it goes wrong."
        add="Add a tripwire"
        {...many('tripwires')}
        measures={measures}
      />
    </EditorPage>
  )
}
