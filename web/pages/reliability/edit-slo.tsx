import { useCallback, useMemo, useState } from 'react'
import { useAddress, useNames } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AreaField, ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { useEdited } from '../../parts/editing/edited.ts'
import { Editor } from '../../parts/editing/editor.tsx'
import { type Lint, useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers } from '../../parts/editing/offers.ts'
import { useEditor } from '../../parts/editing/use-editor.ts'
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
  const { namespace = standpoint.scope ?? 'default', name } = useNames()
  const present = useEdited(name ? `slo:${namespace}/${name}` : null)
  const [now] = useState(() => ({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, year: new Date().getFullYear() }))
  const asked = search.service ? shortIn(namespace, search.service) : ''
  const start = useMemo(() => {
    const draft = draftOf(present?.document, now)
    return present ? draft : { ...draft, service: asked }
  }, [present, now, asked])
  const documentOf = useCallback((draft: SloDraft) => written(draft, namespace, present?.document), [namespace, present])
  const back = present ? urls.entity(present.ref) : urls.catalogue()
  const editor = useEditor({ key: `slo:${namespace}/${name ?? 'new'}`, present, start, documentOf, placeOf: urls.entity, back })
  const told = useLint(editor.document)
  const { draft, change } = editor
  const components = useEntityOffers('component', 'system')
  const fixed = asksItself(present?.document)
  return (
    <Page
      title={present ? `Edit “${start.title}”` : 'New SLO'}
      asks="What do people count on, how would we see it, and how much may fail?"
      above={<Go to={back}>Back</Go>}
    >
      <Editor
        editor={editor}
        document={editor.document}
        lint={told}
        note={present?.file && `Stated in ${present.file}. What you save here stands until that file changes.`}
        beside={<SloPreview draft={draft} namespace={namespace} fixed={fixed} />}
      >
        <TextField
          label="Title"
          value={draft.title}
          onChange={(title) => change({ title })}
          placeholder="Orders are answered"
          error={draft.title === '' ? undefined : told.errors.get('metadata.title')}
          advice={told.advice.get('metadata.displayName')}
          required
        />
        <TextField
          label="Service"
          hint="Who promises: the component whose samples count."
          value={draft.service}
          onChange={(service) => change({ service })}
          offers={components.map(({ value, label }) => ({ value: shortIn(namespace, value), label }))}
          placeholder="checkout"
          error={draft.service === '' ? undefined : told.errors.get('spec.service')}
          advice={told.advice.get('spec.service')}
          required
        />
        {fixed ? (
          <p className="quiet">How its numbers are asked for is kept as the document says; change it there.</p>
        ) : (
          <CountedFields namespace={namespace} service={draft.service} draft={draft} change={change} errors={told.errors} />
        )}
        <Counting draft={draft} change={change} told={told} />
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
          <ChoiceField label="Time without a sample" value={draft.silence} onChange={(silence) => change({ silence })} choices={SILENCES} />
          <TextField
            label="Least events"
            hint="With fewer in a window, nothing is said of its burn."
            value={draft.leastEvents}
            onChange={(leastEvents) => change({ leastEvents })}
            placeholder="100"
            error={told.errors.get('metadata.annotations.throughline.dev/minimum-events')}
            optional
          />
        </FieldRow>
        <AreaField
          label="Description"
          value={draft.description}
          onChange={(description) => change({ description })}
          placeholder="Whoever orders gets an answer, and not an error."
          error={told.errors.get('spec.description')}
          optional
        />
      </Editor>
    </Page>
  )
}

interface CountingProps {
  draft: SloDraft
  change: (part: Partial<SloDraft>) => void
  told: Lint
}

/** How the budget is counted, and over which time. */
function Counting({ draft, change, told }: CountingProps) {
  const first = 'spec.objectives.0'
  const window = 'spec.timeWindow.0'
  return (
    <>
      <ChoiceField label="Counted in" value={draft.method} onChange={(method) => change({ method })} choices={METHODS} />
      {draft.method !== 'Occurrences' && (
        <FieldRow>
          <TextField
            label="Length of a slice"
            value={draft.sliceWindow}
            onChange={(sliceWindow) => change({ sliceWindow })}
            placeholder="1m"
            error={told.errors.get(`${first}.timeSliceWindow`)}
            advice={told.advice.get(`${first}.timeSliceWindow`)}
          />
          {draft.method === 'Timeslices' && (
            <TextField
              label="A slice is good from"
              hint="Share of good in it, in per cent."
              value={draft.sliceTarget}
              onChange={(sliceTarget) => change({ sliceTarget })}
              placeholder="99"
              error={told.errors.get(`${first}.timeSliceTarget`) ?? told.errors.get(first)}
            />
          )}
        </FieldRow>
      )}
      <FieldRow>
        <ChoiceField label="Over" value={draft.windowKind} onChange={(windowKind) => change({ windowKind })} choices={WINDOWS} />
        <TextField
          label="Length of the window"
          hint="A whole number and d, w, M (months), Q or Y."
          value={draft.duration}
          onChange={(duration) => change({ duration })}
          placeholder="28d"
          error={told.errors.get(`${window}.duration`)}
          advice={told.advice.get(`${window}.duration`)}
        />
      </FieldRow>
      {draft.windowKind === 'calendar' && (
        <FieldRow>
          <TextField
            label="Counted from"
            hint="Day and time in its zone."
            value={draft.start}
            onChange={(start) => change({ start })}
            placeholder="2026-01-01 00:00:00"
            error={told.errors.get(`${window}.calendar.startTime`)}
            advice={told.advice.get(`${window}.calendar.startTime`)}
          />
          <TextField
            label="Time zone"
            value={draft.zone}
            onChange={(zone) => change({ zone })}
            placeholder="Europe/Berlin"
            error={told.errors.get(`${window}.calendar.timeZone`)}
          />
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
