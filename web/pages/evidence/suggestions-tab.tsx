import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { GoTo, titled } from '../../app/go.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { suggestionsAsk } from './asks.ts'
import classes from './evidence.module.css'

type Suggestion = Answer<'suggestions'>['suggestions'][number]

const TYPE_WORDS: Record<string, string> = {
  serves: 'serves',
  supports: 'supports',
  implements: 'implements',
  fixes: 'fixes',
  causedBy: 'was caused by',
  affects: 'affects',
  contains: 'contains',
}

const COLUMNS: readonly Column<Suggestion>[] = [
  {
    key: 'link',
    head: 'Suggested link',
    value: (row) => row.fromTitle,
    cell: (row) => (
      <div className={classes.reason}>
        <GoTo id={row.subject ? `${row.from}@${row.subject}` : row.from}>{titled(row.from, row.fromTitle)}</GoTo>{' '}
        {TYPE_WORDS[row.type] ?? row.type} <GoTo id={row.to}>{titled(row.to, row.toTitle)}</GoTo>
      </div>
    ),
  },
  { key: 'because', head: 'Because', cell: (row) => row.because ?? '' },
  {
    key: 'confidence',
    head: 'Sure',
    align: 'end',
    value: (row) => -row.confidence,
    cell: (row) => `${Math.round(row.confidence * 100)}\u00a0%`,
  },
  { key: 'act', head: 'Is it so?', cell: (row) => <Settle suggestion={row} /> },
]

/** Links that were inferred: one click accepts or refuses, one more takes it back. */
export function SuggestionsTab() {
  const { search } = useAddress()
  const { total, suggestions } = useLoaded(suggestionsAsk(search))
  const table = useTableView()
  if (total === 0)
    return (
      <EmptyState
        title="No links are suggested"
        why="When work names no outcome but its words, files or branch hint at one, the link is suggested here. Accepting it makes the work count for that outcome."
      />
    )
  return (
    <>
      <p className={classes.lead}>
        Nobody stated these links; they were inferred. Accepted ones count as work for an outcome, refused ones never come back.
      </p>
      <DataTable
        caption="suggested links"
        rows={suggestions}
        columns={COLUMNS}
        rowKey={keyOf}
        filterBy={(row) => `${row.fromTitle} ${row.toTitle} ${row.because ?? ''}`}
        {...table}
      />
      {total > suggestions.length && (
        <p className="quiet small">
          The surest {formatCount(suggestions.length)} of {formatCount(total)} are shown.
        </p>
      )}
    </>
  )
}

const SAID = {
  accepted: 'Accepted: it counts from now on.',
  refused: 'Refused: it will not be suggested again.',
  suggested: 'Back among the suggestions.',
}

function Settle({ suggestion }: { suggestion: Suggestion }) {
  const { act, busy } = useAct()
  const { from, subject, type, to } = suggestion
  const settle = (status: 'accepted' | 'refused' | 'suggested'): void =>
    void act('link.settle', { from, ...(subject ? { subject } : {}), type, to, status }, () => ({
      text: SAID[status],
      ...(status === 'suggested' ? {} : { undo: () => settle('suggested') }),
    }))
  return (
    <div className={classes.verbs}>
      <Button look="primary" busy={busy} onClick={() => settle('accepted')}>
        Accept
      </Button>
      <Button busy={busy} onClick={() => settle('refused')}>
        Refuse
      </Button>
    </div>
  )
}

function keyOf(one: Suggestion): string {
  return `${one.from} ${one.subject ?? ''} ${one.type} ${one.to}`
}
