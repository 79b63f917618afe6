import { useMemo, useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import {
  AreaField,
  buttonClass,
  ChoiceField,
  countWords,
  FieldRow,
  ListField,
  TextField,
  useDraft,
  WordCount,
} from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { visionAsk } from './asks.ts'
import { OutcomeFields, PrincipleFields, Question } from './draft-questions.tsx'
import { type Answers, documentsOf, freshOutcome, freshPrinciple, lintFinder, NAMED, together } from './editing/drafted.ts'
import { textOf } from '../../parts/editing/document.ts'
import { Editor } from '../../parts/editing/editor.tsx'
import { useLints } from '../../parts/editing/lint.ts'
import { useSaving } from '../../parts/editing/use-saving.ts'

const PAGE_WORDS = 300
const NOTHING: Answers = {
  title: '',
  statement: '',
  horizon: '',
  outcomes: [freshOutcome(), freshOutcome(), freshOutcome()],
  principles: [freshPrinciple(), freshPrinciple(), freshPrinciple()],
  reviewEvery: '90d',
}
const CADENCES = [
  { value: '30d', label: 'every 30 days' },
  { value: '90d', label: 'every 90 days' },
  { value: '182d', label: 'every half year' },
  { value: '', label: 'when somebody thinks of it' },
]

/** For somebody with no vision yet: three questions, and the page they make, saved together. */
export default function DraftVisionPage() {
  const { search } = useAddress()
  const { vision } = useLoaded(visionAsk(search))
  return vision ? <ThereIsOne title={vision.title} /> : <DraftForm />
}

function DraftForm() {
  const { standpoint } = useAddress()
  const namespace = standpoint.scope ?? 'default'
  const { draft, change, changed, discard } = useDraft(`vision-draft:${namespace}`, NOTHING)
  const documents = useMemo(() => documentsOf(draft, namespace), [draft, namespace])
  const lints = useLints(documents)
  const { save: saveAll, busy, trouble } = useSaving(discard)
  const [tried, setTried] = useState(false)
  const save = () =>
    saveAll(
      documents.map((document) => ({ document, before: null })),
      {
        text: (written) => `Saved together: the vision and ${written.length - 1} of its parts.`,
        placeOf: () => urls.vision(),
        back: urls.vision(),
      },
    )
  const words = documents.reduce((sum, { spec }) => sum + countWords(textOf(spec.statement)), 0)
  const vision = lints[0]!
  const lintOf = lintFinder(documents, lints)
  const all = useMemo(() => together(lints, words - PAGE_WORDS), [lints, words])
  return (
    <Page
      title="Draft the vision"
      asks="Three questions. The answers make one page of at most 300 words."
      above={<Go to={urls.vision()}>Vision</Go>}
    >
      <Editor editor={{ busy, trouble, changed, discard, save, tried, setTried, back: urls.vision() }} document={documents} lint={all}>
        <p>
          <WordCount words={words} max={PAGE_WORDS} />
        </p>
        <Question
          title="1. What should be true, for whom, and by when?"
          example="“By the end of 2028 a shop of any size promises a delivery day and keeps it.” Name the people, and something they could tell a neighbour."
        >
          <AreaField
            label="Statement"
            rows={4}
            value={draft.statement}
            onChange={(statement) => change({ statement })}
            error={draft.statement === '' ? undefined : vision.errors.get('spec.statement')}
            advice={vision.advice.get('spec.statement')}
          />
          <FieldRow>
            <TextField
              label="In a few words"
              hint="The title people will use."
              value={draft.title}
              onChange={(title) => change({ title })}
              placeholder="Parcels people can plan around"
              required
            />
            <TextField
              label="By when"
              type="date"
              value={draft.horizon}
              onChange={(horizon) => change({ horizon })}
              error={vision.errors.get('spec.horizon')}
            />
          </FieldRow>
        </Question>
        <Question
          title="2. What would show it?"
          example="“Nine of ten parcels come on the promised day.” Three to five; each gets better for somebody, and anyone can check it. Measure and target may come later."
        >
          <ListField
            label="Outcomes"
            add="Add an outcome"
            items={draft.outcomes}
            onChange={(outcomes) => change({ outcomes })}
            fresh={freshOutcome}
            max={NAMED.outcomes.most}
          >
            {(item, set, index) => <OutcomeFields item={item} set={set} index={index} lint={lintOf('Outcome', draft.outcomes, index)} />}
          </ListField>
        </Question>
        <Question
          title="3. What would you say no to?"
          example="“Ship small, reversible changes”: says no to a change nobody can undo within an hour. Three to seven; a principle that forbids nothing settles nothing."
        >
          <ListField
            label="Principles"
            add="Add a principle"
            items={draft.principles}
            onChange={(principles) => change({ principles })}
            fresh={freshPrinciple}
            max={NAMED.principles.most}
          >
            {(item, set, index) => (
              <PrincipleFields item={item} set={set} index={index} lint={lintOf('Principle', draft.principles, index)} />
            )}
          </ListField>
        </Question>
        <ChoiceField
          label="Reviewed"
          hint="Product, business and engineering look at it together."
          value={draft.reviewEvery}
          onChange={(reviewEvery) => change({ reviewEvery })}
          choices={CADENCES}
        />
      </Editor>
    </Page>
  )
}

function ThereIsOne({ title }: { title: string }) {
  return (
    <Page title="Draft the vision" asks="Three questions, for a start." above={<Go to={urls.vision()}>Vision</Go>}>
      <EmptyState
        title={`There is a vision already: “${title}”`}
        why="A draft is for a start. What stands is edited, so that its versions tell what changed, or reviewed, so that all sides have a say."
        action={
          <>
            <Go to={urls.visionEdit()} className={buttonClass} data-look="primary">
              Edit it
            </Go>
            <Go to={urls.reviews()} className={buttonClass}>
              Review it
            </Go>
          </>
        }
      />
    </Page>
  )
}
