import { useCallback, useMemo } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AreaField, countWords, FieldRow, ListField, TextField, WordCount } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { visionAsk } from './asks.ts'
import { type Document, filled, listOf, recordOf, slug, textOf } from '../../parts/editing/document.ts'
import { useEdited } from '../../parts/editing/edited.ts'
import { Editor } from '../../parts/editing/editor.tsx'
import { troublesUnder } from '../../parts/editing/limits-field.tsx'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers } from '../../parts/editing/offers.ts'
import { useEditor } from '../../parts/editing/use-editor.ts'

const PAGE_WORDS = 300

interface Draft {
  title: string
  statement: string
  horizon: string
  outcomes: string[]
  principles: string[]
  reviewEvery: string
  reviewWith: string
}

export default function EditVisionPage() {
  const { search, standpoint } = useAddress()
  const { vision, outcomes, principles } = useLoaded(visionAsk(search))
  const namespace = standpoint.scope ?? 'default'
  const present = useEdited(vision?.ref ?? null)
  const start = useMemo(() => draftOf(present?.document), [present])
  const documentOf = useCallback((draft: Draft) => written(draft, namespace, present?.document), [namespace, present])
  const editor = useEditor({ key: `vision:${namespace}`, present, start, documentOf, placeOf: urls.vision, back: urls.vision() })
  const told = useLint(editor.document)
  const { draft, change } = editor
  const offers = { outcomes: useEntityOffers('outcome'), principles: useEntityOffers('principle') }
  const words = [draft.statement, ...outcomes.map((one) => one.statement), ...principles.map((one) => one.statement)].reduce(
    (sum, text) => sum + countWords(text),
    0,
  )
  return (
    <Page
      title={present ? 'Edit the vision' : 'Write the vision'}
      asks="Where do we want to be, and what would a reader remember tomorrow?"
      above={<Go to={urls.vision()}>Back</Go>}
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
          placeholder="Parcels people can plan around"
          error={draft.title === '' ? undefined : told.errors.get('metadata.title')}
          required
        />
        <AreaField
          label="Statement"
          rows={8}
          hint={
            <>
              One page, read to its end. <WordCount words={words} max={PAGE_WORDS} />{' '}
              <span className="quiet">with its outcomes and principles</span>
            </>
          }
          value={draft.statement}
          onChange={(statement) => change({ statement })}
          error={draft.statement === '' ? undefined : told.errors.get('spec.statement')}
          advice={told.advice.get('spec.statement')}
        />
        <TextField
          label="Horizon"
          type="date"
          hint="The day it looks ahead to."
          value={draft.horizon}
          onChange={(horizon) => change({ horizon })}
          error={told.errors.get('spec.horizon')}
          advice={told.advice.get('spec.horizon')}
        />
        <ListField
          label="Outcomes"
          hint="Three to five."
          add="Add an outcome"
          items={draft.outcomes}
          onChange={(list) => change({ outcomes: list })}
          fresh={() => ''}
          max={5}
          error={troublesUnder(told.errors, 'spec.outcomes') ?? told.advice.get('spec.outcomes')}
        >
          {(text, set, index) => (
            <TextField
              label={`Outcome ${index + 1}`}
              value={text}
              onChange={set}
              offers={offers.outcomes}
              placeholder="outcome:default/faster"
            />
          )}
        </ListField>
        <ListField
          label="Principles"
          hint="Three to seven."
          add="Add a principle"
          items={draft.principles}
          onChange={(list) => change({ principles: list })}
          fresh={() => ''}
          max={7}
          error={troublesUnder(told.errors, 'spec.principles') ?? told.advice.get('spec.principles')}
        >
          {(text, set, index) => (
            <TextField
              label={`Principle ${index + 1}`}
              value={text}
              onChange={set}
              offers={offers.principles}
              placeholder="principle:default/small-changes"
            />
          )}
        </ListField>
        <FieldRow>
          <TextField
            label="Reviewed every"
            hint="For example 90d."
            value={draft.reviewEvery}
            onChange={(reviewEvery) => change({ reviewEvery })}
            error={troublesUnder(told.errors, 'spec.review')}
            optional
          />
          <TextField
            label="Reviewed with"
            hint="Separated by commas."
            value={draft.reviewWith}
            onChange={(reviewWith) => change({ reviewWith })}
            placeholder="product, business, engineering"
            optional
          />
        </FieldRow>
      </Editor>
    </Page>
  )
}

function draftOf(document: Document | undefined): Draft {
  const spec = document?.spec ?? {}
  const review = recordOf(spec.review)
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    statement: textOf(spec.statement),
    horizon: textOf(spec.horizon),
    outcomes: listOf(spec.outcomes).map(textOf),
    principles: listOf(spec.principles).map(textOf),
    reviewEvery: textOf(review.every),
    reviewWith: listOf(review.with).map(textOf).join(', '),
  }
}

function written(draft: Draft, namespace: string, before: Document | undefined): Document {
  const texts = (list: readonly string[]) => list.map((text) => text.trim()).filter(Boolean)
  const sides = texts(draft.reviewWith.split(','))
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Vision',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? (slug(draft.title) && 'vision'), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? {}, {
      statement: draft.statement.trim(),
      horizon: draft.horizon,
      outcomes: texts(draft.outcomes),
      principles: texts(draft.principles),
      review:
        draft.reviewEvery.trim() || sides.length > 0
          ? { every: draft.reviewEvery.trim(), ...(sides.length > 0 ? { with: sides } : {}) }
          : undefined,
    }),
  }
}
