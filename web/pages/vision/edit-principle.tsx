import { useQuery } from '@tanstack/react-query'
import { ask } from '../../api/index.ts'
import { urls } from '../../app/urls.ts'
import { AreaField, Button, ListField, TextField } from '../../ui/form/index.ts'
import { type Document, filled, slug, textOf, textsOf, trimmed } from '../../parts/editing/document.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { type Limit, LimitsField, limitsOf, limitsWritten } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { RefsField } from '../../parts/editing/refs-field.tsx'
import { useEntityEditor } from '../../parts/editing/use-entity-editor.ts'
import classes from './vision.module.css'

interface Draft {
  title: string
  statement: string
  rationale: string
  owner: string
  forbids: string[]
  serves: string[]
  signals: Limit[]
}

export default function EditPrinciplePage() {
  const editor = useEntityEditor({ kind: 'principle', draftOf, written, placeOf: urls.principle, list: urls.vision() })
  const told = useLint(editor.document)
  const { one, needed, many } = fieldsOf(editor, told)
  const groups = useEntityOffers('group')
  const outcomes = useEntityOffers('outcome')
  const measures = useMeasureOffers()
  return (
    <EditorPage
      editor={editor}
      fresh="New principle"
      asks="Which argument does it settle before it starts?"
      lint={told}
      beside={!editor.present && <ReadyPrinciples onAdopt={(document) => editor.change(draftOf(document))} />}
    >
      <TextField label="Title" {...needed('title', 'metadata.title')} placeholder="Ship small, reversible changes" required />
      <AreaField label="Statement" hint="What everybody does, in one sentence." {...needed('statement')} />
      <AreaField label="Rationale" hint="Why it is worth what it costs." {...one('rationale')} optional />
      <ListField
        label="Forbids"
        hint="What nobody may do while it holds. Something people want to do, or it settles nothing."
        add="Add what it forbids"
        {...many('forbids')}
        fresh={() => ''}
      >
        {(text, set, index) => (
          <TextField label={`Forbidden ${index + 1}`} value={text} onChange={set} placeholder="a change nobody can undo within an hour" />
        )}
      </ListField>
      <LimitsField
        label="Signals"
        hint="Measures with a limit that show whether it is lived, judged for every component."
        add="Add a signal"
        {...many('signals')}
        measures={measures}
      />
      <RefsField
        label="Serves"
        one="Outcome"
        hint="The outcomes it helps to reach."
        add="Add an outcome"
        {...many('serves')}
        offers={outcomes}
        placeholder="outcome:default/faster"
      />
      <TextField label="Owner" {...one('owner')} offers={groups} placeholder="group:default/council" optional />
    </EditorPage>
  )
}

/** Principles that come with working signals: one click fills the form. */
function ReadyPrinciples({ onAdopt }: { onAdopt: (document: Document) => void }) {
  const ready = useQuery(ask('principles.ready', {}))
  if (!ready.data || ready.data.principles.length === 0) return null
  return (
    <section aria-label="Ready to adopt">
      <h2 className={classes.besideTitle}>Ready to adopt</h2>
      <ul className={classes.remarks}>
        {ready.data.principles.map((principle) => (
          <li key={principle.name}>
            <span>
              <b>{principle.title}</b>
              <br />
              <span className="quiet small">{principle.rationale}</span>
            </span>
            <Button onClick={() => onAdopt(principle.doc)}>Adopt</Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function draftOf(document: Document | undefined): Draft {
  const spec = document?.spec ?? {}
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    statement: textOf(spec.statement),
    rationale: textOf(spec.rationale),
    owner: textOf(spec.owner),
    forbids: textsOf(spec.forbids),
    serves: textsOf(spec.serves),
    signals: limitsOf(spec.signals),
  }
}

function written(draft: Draft, namespace: string, before: Document | undefined): Document {
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Principle',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? slug(draft.title), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? {}, {
      statement: draft.statement.trim(),
      rationale: draft.rationale.trim(),
      forbids: trimmed(draft.forbids),
      serves: trimmed(draft.serves),
      signals: limitsWritten(draft.signals),
      owner: draft.owner.trim(),
    }),
  }
}
