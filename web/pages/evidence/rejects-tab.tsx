import { useState } from 'react'
import { type Answer, server, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { AreaField, Button } from '../../ui/form/index.ts'
import { Dialog, SureButton } from '../../ui/overlay/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { rejectsAsk } from './asks.ts'
import classes from './evidence.module.css'

type Reject = Answer<'rejects'>['rejects'][number]

const COLUMNS: readonly Column<Reject>[] = [
  {
    key: 'message',
    head: 'Why it was refused',
    value: (row) => row.message,
    cell: (row) => (
      <div className={classes.reason}>
        <b>{row.message}</b>
        {row.fix && <div className="quiet">{row.fix}</div>}
      </div>
    ),
  },
  {
    key: 'label',
    head: 'From',
    value: (row) => row.label,
    cell: (row) => (row.line ? `${row.label}, line ${formatCount(row.line)}` : row.label),
  },
  { key: 'at', head: 'When', value: (row) => row.at, cell: (row) => <When at={row.at} clock /> },
  { key: 'attempts', head: 'Tried again', align: 'end', value: (row) => row.attempts, cell: (row) => plural(row.attempts, 'time') },
  { key: 'act', head: 'What to do', cell: (row) => <Verbs reject={row} /> },
]

/** Lines that could not be read: kept sealed, each with its reason, to be read again or thrown away. */
export function RejectsTab() {
  const { total, dropped, rejects } = useLoaded(rejectsAsk())
  const table = useTableView()
  if (total === 0)
    return (
      <EmptyState
        title="No line was refused"
        why="What cannot be read is never dropped: it waits here with the reason, readable by this installation alone, until it is read again or thrown away."
      />
    )
  return (
    <>
      <div className={classes.lead}>
        <p>These lines could not be read. Fix the cause, for example by upgrading, then read them again; or discard what is no record.</p>
        <RetryButton label={`Read all ${formatCount(total)} again`} />
      </div>
      <DataTable
        caption="rejected lines"
        rows={rejects}
        columns={COLUMNS}
        rowKey={(row) => String(row.id)}
        filterBy={(row) => `${row.message} ${row.label} ${row.code}`}
        {...table}
      />
      {total > rejects.length && (
        <p className="quiet small">
          The latest {formatCount(rejects.length)} of {formatCount(total)} are shown.
        </p>
      )}
      {dropped > 0 && <p className="quiet small">{plural(dropped, 'older line')} had to go: there were more than are kept.</p>}
    </>
  )
}

/** Reads one line again, or all. */
function RetryButton({ id, label }: { id?: number; label: string }) {
  const { act, busy } = useAct()
  const retry = () =>
    act('retry', id === undefined ? {} : { id }, ({ accepted, rejected }) => ({
      text: `${plural(accepted, 'line')} read, ${formatCount(rejected)} still refused.`,
    }))
  return (
    <Button busy={busy} onClick={() => void retry()}>
      {label}
    </Button>
  )
}

function Verbs({ reject }: { reject: Reject }) {
  const { act, busy } = useAct()
  const [line, setLine] = useState<string>()
  const show = async () =>
    setLine(
      await server.call('reject.body', { id: reject.id }).then(
        ({ body }) => body,
        (error: unknown) => explain(error).why,
      ),
    )
  return (
    <div className={classes.verbs}>
      <RetryButton id={reject.id} label="Read again" />
      <Button look="quiet" onClick={() => void show()}>
        Show the line
      </Button>
      <SureButton
        busy={busy}
        asks="Throw this line away?"
        says="It is gone for good then; nothing can read it again."
        verb="Throw it away"
        onSure={() => act('discard', { id: reject.id }, () => ({ text: 'Thrown away.' }))}
      >
        Discard
      </SureButton>
      {line !== undefined && <TheLine reject={reject} line={line} onClose={() => setLine(undefined)} />}
    </div>
  )
}

/** The line as it came, to be looked at and, where what is wrong is plain, corrected. */
function TheLine({ reject, line, onClose }: { reject: Reject; line: string; onClose: () => void }) {
  const { act, busy } = useAct()
  const [text, setText] = useState(line)
  const [wrong, setWrong] = useState<string>()
  const correct = async () => {
    const done = await act('reject.correct', { id: reject.id, body: text }, ({ accepted }) => ({
      text: accepted ? 'Read, in the place of the refused line.' : 'Still refused; the line stays as it came.',
    }))
    if (done?.accepted) onClose()
    else if (done?.problem) setWrong([done.problem.message, done.problem.fix].filter(Boolean).join(' '))
  }
  return (
    <Dialog title={`Rejected line ${reject.id}`} onClose={onClose} wide>
      <AreaField label="The line, as it came" value={text} onChange={setText} rows={14} error={wrong} />
      <p className={classes.verbs}>
        <Button look="primary" busy={busy} disabled={text === line} onClick={() => void correct()}>
          Read this instead
        </Button>
        <span className="quiet">Who corrected what is noted in the trail.</span>
      </p>
    </Dialog>
  )
}
