import { useCallback, useMemo } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { urls } from '../../app/urls.ts'
import { AreaField, countWords, FieldRow, TextField, WordCount } from '../../ui/form/index.ts'
import { visionAsk } from './asks.ts'
import { type Document, filled, recordOf, slug, textOf, textsOf, trimmed } from '../../parts/editing/document.ts'
import { useEdited } from '../../parts/editing/edited.ts'
import { EditorPage } from '../../parts/editing/editor.tsx'
import { fieldsOf } from '../../parts/editing/fields-of.ts'
import { useLint } from '../../parts/editing/lint.ts'
import { useEntityOffers } from '../../parts/editing/offers.ts'
import { RefsField } from '../../parts/editing/refs-field.tsx'
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
  const { one, needed, many } = fieldsOf(editor, told)
  const offers = { outcomes: useEntityOffers('outcome'), principles: useEntityOffers('principle') }
  const words = [editor.draft, ...outcomes, ...principles].reduce((sum, { statement }) => sum + countWords(statement), 0)
  return (
    <EditorPage
      editor={editor}
      fresh="Write the vision"
      title={present ? 'Edit the vision' : undefined}
      asks="Where do we want to be, and what would a reader remember tomorrow?"
      lint={told}
    >
      <TextField label="Title" {...needed('title', 'metadata.title')} placeholder="Parcels people can plan around" required />
      <AreaField
        label="Statement"
        rows={8}
        hint={
          <>
            One page, read to its end. <WordCount words={words} max={PAGE_WORDS} />{' '}
            <span className="quiet">with its outcomes and principles</span>
          </>
        }
        {...needed('statement')}
      />
      <TextField label="Horizon" type="date" hint="The day it looks ahead to." {...one('horizon')} />
      <RefsField
        label="Outcomes"
        one="Outcome"
        hint="Three to five."
        add="Add an outcome"
        {...many('outcomes')}
        offers={offers.outcomes}
        max={5}
      />
      <RefsField
        label="Principles"
        one="Principle"
        hint="Three to seven."
        add="Add a principle"
        {...many('principles')}
        offers={offers.principles}
        max={7}
      />
      <FieldRow>
        <TextField label="Reviewed every" hint="For example 90d." {...one('reviewEvery', 'spec.review.every', 'spec.review')} optional />
        <TextField
          label="Reviewed with"
          hint="Separated by commas."
          {...one('reviewWith', 'spec.review.with')}
          placeholder="product, business, engineering"
          optional
        />
      </FieldRow>
    </EditorPage>
  )
}

function draftOf(document: Document | undefined): Draft {
  const spec = document?.spec ?? {}
  const review = recordOf(spec.review)
  return {
    title: textOf(document?.metadata.title ?? document?.metadata.name),
    statement: textOf(spec.statement),
    horizon: textOf(spec.horizon),
    outcomes: textsOf(spec.outcomes),
    principles: textsOf(spec.principles),
    reviewEvery: textOf(review.every),
    reviewWith: textsOf(review.with).join(', '),
  }
}

function written(draft: Draft, namespace: string, before: Document | undefined): Document {
  const sides = trimmed(draft.reviewWith.split(','))
  return {
    apiVersion: before?.apiVersion ?? 'throughline.dev/v1',
    kind: 'Vision',
    metadata: { ...before?.metadata, name: before?.metadata.name ?? (slug(draft.title) && 'vision'), namespace, title: draft.title.trim() },
    spec: filled(before?.spec ?? {}, {
      statement: draft.statement.trim(),
      horizon: draft.horizon,
      outcomes: trimmed(draft.outcomes),
      principles: trimmed(draft.principles),
      review:
        draft.reviewEvery.trim() || sides.length > 0
          ? { every: draft.reviewEvery.trim(), ...(sides.length > 0 ? { with: sides } : {}) }
          : undefined,
    }),
  }
}
