import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { connectionAsk } from './asks.ts'
import { Findings } from './findings.tsx'
import { progressWords, READING_WORDS } from './progress.ts'
import classes from './sources.module.css'

type Read = Answer<'connection.read'>
type List = Read['lists'][number]
const LOOK_EVERY_MS = 3_000

/** How far back a list was read: from its newest, or, where it is read from its oldest, since when. */
function backTo({ reachedAt, records, since }: List): string | null {
  return reachedAt ?? (records > 0 ? since : null)
}

const COLUMNS: readonly Column<List>[] = [
  { key: 'stream', head: 'List', value: (row) => row.stream, cell: (row) => row.stream },
  {
    key: 'state',
    head: 'State',
    value: (row) => row.state,
    cell: (row) => (
      <div>
        <span className={classes.state} data-state={row.state}>
          <span aria-hidden>{READING_WORDS[row.state].mark}</span> {READING_WORDS[row.state].word}
        </span>
        {row.error && (
          <div className={classes.trouble}>
            {row.error.message} {row.error.fix}
          </div>
        )}
        {row.why && row.why !== row.error?.message && <div className="quiet">{row.why}</div>}
      </div>
    ),
  },
  { key: 'records', head: 'Records', align: 'end', value: (row) => row.records, cell: (row) => formatCount(row.records) },
  { key: 'pages', head: 'Pages', align: 'end', value: (row) => row.pages, cell: (row) => formatCount(row.pages), wideOnly: true },
  {
    key: 'reached',
    head: 'Back to',
    value: (row) => backTo(row),
    cell: (row) => {
      const at = backTo(row)
      return at ? <When at={at} /> : <span className="quiet">{row.finishedAt ? 'nothing there' : 'not begun'}</span>
    },
  },
  {
    key: 'next',
    head: 'Next',
    value: (row) => row.dueAt,
    cell: (row) => (row.dueAt ? <When at={row.dueAt} clock /> : <span className="quiet">not by itself</span>),
    wideOnly: true,
  },
]

/** How far the past of a connection is read, and what can be done about it. */
export function Reading({ connection: loaded }: { connection: Read }) {
  const { id } = loaded
  const goesOn = loaded.progress?.state === 'running' || loaded.progress?.state === 'waiting'
  const { data } = useQuery({ ...connectionAsk(id), refetchInterval: goesOn ? LOOK_EVERY_MS : false })
  const { progress, lists, moreLists } = data ?? loaded
  const { act, busy } = useAct()
  const [findings, setFindings] = useState<Answer<'connection.test'>['findings']>()
  const table = useTableView('lists')
  const backfill = () =>
    void act('connection.backfill', { id }, () => ({ text: 'The past year is read from the beginning. What is known stays as it is.' }))
  const steer = (action: 'pause' | 'resume' | 'stop', text: string) => void act('connection.pulls', { id, action }, () => ({ text }))
  const test = async () => {
    const tested = await act('connection.test', { id }, ({ findings: found }) => ({
      text: found.every(({ ok }) => ok) ? 'All is seen.' : 'Something is not seen.',
    }))
    if (tested) setFindings(tested.findings)
  }
  const canGoOn = progress?.state === 'paused' || (progress?.failed ?? 0) > 0
  return (
    <>
      <p role="status">{progress ? progressWords(progress) : 'Nothing of the past is read.'}</p>
      {progress?.waitsUntil && (
        <p className="quiet">
          {progress.state === 'waiting' ? 'It goes on at' : 'It looks again at'} <When at={progress.waitsUntil} clock />
          {progress.why ? `: ${progress.why}` : '.'}
        </p>
      )}
      <p className={classes.buttons}>
        <Button busy={busy} onClick={() => void test()}>
          Test connection
        </Button>
        {goesOn && (
          <Button busy={busy} onClick={() => steer('pause', 'Reading is paused. Deliveries are still taken.')}>
            Pause reading
          </Button>
        )}
        {canGoOn && (
          <Button busy={busy} onClick={() => steer('resume', 'Reading goes on.')}>
            Resume reading
          </Button>
        )}
        <Button busy={busy} onClick={backfill}>
          {progress ? 'Read the past year again' : 'Read the past year'}
        </Button>
        {progress && (
          <Button busy={busy} look="quiet" onClick={() => steer('stop', 'Nothing is read any more. What was read stays.')}>
            Stop reading
          </Button>
        )}
      </p>
      {findings && <Findings findings={findings} />}
      {lists.length > 0 && (
        <DataTable
          caption="lists that are read"
          rows={lists}
          columns={COLUMNS}
          rowKey={(row) => row.stream}
          filterBy={(row) => row.stream}
          {...table}
        />
      )}
      {moreLists > 0 && <p className="quiet">And {plural(moreLists, 'list')} more.</p>}
    </>
  )
}
