import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { ask } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AreaField, Button, ListField, TextField } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { type Document, filled, listOf, slug, textOf } from '../../parts/editing/document.ts'
import { useEdited } from '../../parts/editing/edited.ts'
import { Editor } from '../../parts/editing/editor.tsx'
import { type Limit, LimitsField, limitsOf, limitsWritten, troublesUnder } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers, useMeasureOffers } from '../../parts/editing/offers.ts'
import { useEditor } from '../../parts/editing/use-editor.ts'
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
  const { standpoint } = useAddress()
  const { namespace = standpoint.scope ?? 'default', name } = useNames()
  const present = useEdited(name ? `principle:${namespace}/${name}` : null)
  const start = useMemo(() => draftOf(present?.document), [present])
  const documentOf = useCallback((draft: Draft) => written(draft, namespace, present?.document), [namespace, present])
  const back = present ? urls.principle(present.ref) : urls.vision()
  const editor = useEditor({ key: `principle:${namespace}/${name ?? 'new'}`, present, start, documentOf, placeOf: urls.principle, back })
  const told = useLint(editor.document)
  const { draft, change } = editor
  const groups = useEntityOffers('group')
  const outcomes = useEntityOffers('outcome')
  const measures = useMeasureOffers()
  return (
    <Page
      title={present ? `Edit “${textOf(present.document.metadata.title) || name}”` : 'New principle'}
      asks="Which argument does it settle before it starts?"
      above={<Go to={back}>Back</Go>}
    >
      <Editor
        editor={editor}
        document={editor.document}
        lint={told}
        note={present?.file && `Stated in ${present.file}. What you save here stands until that file changes.`}
        beside={!present && <ReadyPrinciples onAdopt={(document) => change(draftOf(document))} />}
      >
        <TextField
          label="Title"
          value={draft.title}
          onChange={(title) => change({ title })}
          placeholder="Ship small, reversible changes"
          error={draft.title === '' ? undefined : told.errors.get('metadata.title')}
          required
        />
        <AreaField
          label="Statement"
          hint="What everybody does, in one sentence."
          value={draft.statement}
          onChange={(statement) => change({ statement })}
          error={draft.statement === '' ? undefined : told.errors.get('spec.statement')}
          advice={told.advice.get('spec.statement')}
        />
        <AreaField
          label="Rationale"
          hint="Why it is worth what it costs."
          value={draft.rationale}
          onChange={(rationale) => change({ rationale })}
          error={told.errors.get('spec.rationale')}
          optional
        />
        <ListField
          label="Forbids"
          hint="What nobody may do while it holds. Something people want to do, or it settles nothing."
          add="Add what it forbids"
          items={draft.forbids}
          onChange={(forbids) => change({ forbids })}
          fresh={() => ''}
          error={troublesUnder(told.errors, 'spec.forbids') ?? told.advice.get('spec.forbids')}
        >
          {(text, set, index) => (
            <TextField label={`Forbidden ${index + 1}`} value={text} onChange={set} placeholder="a change nobody can undo within an hour" />
          )}
        </ListField>
        <LimitsField
          label="Signals"
          hint="Measures with a limit that show whether it is lived, judged for every component."
          add="Add a signal"
          limits={draft.signals}
          onChange={(signals) => change({ signals })}
          measures={measures}
          error={troublesUnder(told.errors, 'spec.signals') ?? told.advice.get('spec.signals')}
        />
        <ListField
          label="Serves"
          hint="The outcomes it helps to reach."
          add="Add an outcome"
          items={draft.serves}
          onChange={(serves) => change({ serves })}
          fresh={() => ''}
          error={troublesUnder(told.errors, 'spec.serves') ?? told.advice.get('spec.serves')}
        >
          {(text, set, index) => (
            <TextField label={`Outcome ${index + 1}`} value={text} onChange={set} offers={outcomes} placeholder="outcome:default/faster" />
          )}
        </ListField>
        <TextField
          label="Owner"
          value={draft.owner}
          onChange={(owner) => change({ owner })}
          offers={groups}
          placeholder="group:default/council"
          error={told.errors.get('spec.owner')}
          optional
        />
      </Editor>
    </Page>
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
    forbids: listOf(spec.forbids).map(textOf),
    serves: listOf(spec.serves).map(textOf),
    signals: limitsOf(spec.signals),
  }
}

function written(draft: Draft, namespace: string, before: Document | undefined): Document {
  const texts = (list: readonly string[]) => list.map((text) => text.trim()).filter(Boolean)
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Principle',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? slug(draft.title), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? {}, {
      statement: draft.statement.trim(),
      rationale: draft.rationale.trim(),
      forbids: texts(draft.forbids),
      serves: texts(draft.serves),
      signals: limitsWritten(draft.signals),
      owner: draft.owner.trim(),
    }),
  }
}
