import { type FormEvent, useState } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { kindsWords } from '../../parts/kinds.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { retentionAsk } from './asks.ts'
import classes from './evidence.module.css'

type Kept = Answer<'retention.list'>['retention'][number]

const COLUMNS: readonly Column<Kept>[] = [
  {
    key: 'kind',
    head: 'Records of',
    value: (row) => row.kind,
    cell: (row) => <b>{row.kind === 'reject' ? 'rejected lines' : kindsWords(row.kind)}</b>,
  },
  { key: 'days', head: 'Kept', value: (row) => row.days, cell: (row) => keptWords(row.days) },
  {
    key: 'forgotten',
    head: 'Forgotten so far',
    value: (row) => row.forgotten,
    cell: (row) =>
      row.forgottenAt ? (
        <>
          {formatCount(row.forgotten)}, last <When at={row.forgottenAt} />
        </>
      ) : (
        <span className="quiet">nothing</span>
      ),
  },
  { key: 'act', head: 'Keep them', cell: (row) => <KeepFor kept={row} /> },
]

/** How long records are kept, by kind. */
export function RetentionTab() {
  const { retention } = useLoaded(retentionAsk())
  const table = useTableView('retention')
  return (
    <>
      <p className={classes.lead}>
        Older records are forgotten within the hour, for good. Counts by day and what was derived from them stay; a figure whose window
        reaches behind says so instead of counting what happens to be left.
      </p>
      <DataTable caption="how long records are kept" rows={retention} columns={COLUMNS} rowKey={(row) => row.kind} {...table} />
    </>
  )
}

function KeepFor({ kept: { kind, days } }: { kept: Kept }) {
  const { act, busy } = useAct()
  const [text, setText] = useState(days === null ? '' : String(days))
  const wished = text.trim() === '' ? null : Number(text)
  const isWrong = wished !== null && !(Number.isInteger(wished) && wished > 0)
  const keep = (wish: number | null) =>
    act('retention.set', { kind, days: wish }, (now) => ({
      text: `${kind === 'reject' ? 'Rejected lines' : kindsWords(kind)}: kept ${keptWords(now.days)}.`,
    }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWrong) void keep(wished)
  }
  return (
    <form className={classes.keep} onSubmit={submit}>
      <TextField
        label={`Days to keep ${kind === 'reject' ? 'rejected lines' : kindsWords(kind)}`}
        value={text}
        onChange={setText}
        placeholder="for good"
        error={isWrong ? 'Write whole days, or nothing for good.' : undefined}
      />
      <Button type="submit" look="quiet" busy={busy}>
        Set
      </Button>
    </form>
  )
}

function keptWords(days: number | null): string {
  return days === null ? 'for good' : `for ${plural(days, 'day')}`
}
