import { useCallback, useState } from 'react'
import { useAddress } from '../../app/address.ts'
import { urls } from '../../app/urls.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import type { Document } from '../../parts/editing/document.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers } from '../../parts/editing/offers.ts'
import { useEntityEditor } from '../../parts/editing/use-entity-editor.ts'
import { CountedFields } from './editing/counted-fields.tsx'
import { asksItself, draftOf, type SloDraft, written } from './editing/slo-draft.ts'
import { SloPreview } from './editing/slo-preview.tsx'

const METHODS = [
  { value: 'Occurrences', label: 'events: every one counts the same' },
  { value: 'Timeslices', label: 'good minutes: a slice of time is good or not' },
  { value: 'RatioTimeslices', label: 'mean of the slices: every slice counts the same' },
]
const WINDOWS = [
  { value: 'rolling', label: 'the last so many days' },
  { value: 'calendar', label: 'by the calendar' },
]
const SILENCES = [
  { value: 'unknown', label: 'is unknown, and told' },
  { value: 'good', label: 'is good' },
  { value: 'bad', label: 'is bad' },
]

/** An SLO written or changed in a form, saved as OpenSLO v1, with what it would have meant in the past beside it. */
export default function EditSloPage() {
  const { standpoint, search } = useAddress()
  const [now] = useState(() => ({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, year: new Date().getFullYear() }))
  const asked = search.service ? shortIn(standpoint.scope ?? 'default', search.service) : ''
  const draftNow = useCallback(
    (document: Document | undefined) => (document ? draftOf(document, now) : { ...draftOf(undefined, now), service: asked }),
    [now, asked],
  )
  const editor = useEntityEditor({ kind: 'slo', draftOf: draftNow, written, placeOf: urls.slo, list: urls.ship() })
  const told = useLint(editor.document)
  const { draft, change, namespace, present } = editor
  const { one, needed } = fieldsOf(editor, told)
  const components = useEntityOffers('component', 'system')
  const fixed = asksItself(present?.document)
  return (
    <EditorPage
      editor={editor}
      fresh="New SLO"
      asks="What do people count on, how would we see it, and how much may fail?"
      lint={told}
      beside={<SloPreview draft={draft} namespace={namespace} fixed={fixed} />}
    >
      <TextField label="Title" {...needed('title', 'metadata.title', 'metadata.displayName')} placeholder="Orders are answered" required />
      <TextField
        label="Service"
        hint="Who promises: the component whose samples count."
        {...needed('service')}
        offers={components.map(({ value, label }) => ({ value: shortIn(namespace, value), label }))}
        placeholder="checkout"
        required
      />
      {fixed ? (
        <p className="quiet">How its numbers are asked for is kept as the document says; change it there.</p>
      ) : (
        <CountedFields namespace={namespace} service={draft.service} draft={draft} change={change} errors={told.errors} />
      )}
      <Counting draft={draft} one={one} />
      {draft.targets.map((target, place) => (
        <TextField
          // Objectives have no identity but their place.
          key={place}
          label={draft.targets.length === 1 ? 'Target' : `Target of ${target.name || `objective ${place + 1}`}`}
          hint="Least share of good, in per cent; 100 leaves nothing to spend."
          value={target.percent}
          onChange={(percent) => change({ targets: draft.targets.map((one, at) => (at === place ? { ...one, percent } : one)) })}
          placeholder="99.9"
          error={['target', 'targetPercent'].flatMap((field) => told.errors.get(`spec.objectives.${place}.${field}`) ?? [])[0]}
        />
      ))}
      <FieldRow>
        <ChoiceField label="Time without a sample" {...one('silence')} choices={SILENCES} />
        <TextField
          label="Least events"
          hint="With fewer in a window, nothing is said of its burn."
          {...one('leastEvents', 'metadata.annotations.throughline.dev/minimum-events')}
          placeholder="100"
          optional
        />
      </FieldRow>
      <AreaField label="Description" {...one('description')} placeholder="Whoever orders gets an answer, and not an error." optional />
    </EditorPage>
  )
}

interface CountingProps {
  draft: SloDraft
  one: ReturnType<typeof fieldsOf<SloDraft>>['one']
}

/** How the budget is counted, and over which time. */
function Counting({ draft, one }: CountingProps) {
  const first = 'spec.objectives.0'
  const window = 'spec.timeWindow.0'
  return (
    <>
      <ChoiceField label="Counted in" {...one('method')} choices={METHODS} />
      {draft.method !== 'Occurrences' && (
        <FieldRow>
          <TextField label="Length of a slice" {...one('sliceWindow', `${first}.timeSliceWindow`)} placeholder="1m" />
          {draft.method === 'Timeslices' && (
            <TextField
              label="A slice is good from"
              hint="Share of good in it, in per cent."
              {...one('sliceTarget', `${first}.timeSliceTarget`, first)}
              placeholder="99"
            />
          )}
        </FieldRow>
      )}
      <FieldRow>
        <ChoiceField label="Over" {...one('windowKind')} choices={WINDOWS} />
        <TextField
          label="Length of the window"
          hint="A whole number and d, w, M (months), Q or Y."
          {...one('duration', `${window}.duration`)}
          placeholder="28d"
        />
      </FieldRow>
      {draft.windowKind === 'calendar' && (
        <FieldRow>
          <TextField
            label="Counted from"
            hint="Day and time in its zone."
            {...one('start', `${window}.calendar.startTime`)}
            placeholder="2026-01-01 00:00:00"
          />
          <TextField label="Time zone" {...one('zone', `${window}.calendar.timeZone`)} placeholder="Europe/Berlin" />
        </FieldRow>
      )}
    </>
  )
}

/** `component:shop/checkout` is `checkout` in its own namespace: what OpenSLO calls a service. */
function shortIn(namespace: string, ref: string): string {
  const prefix = `component:${namespace}/`
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : ref
}
