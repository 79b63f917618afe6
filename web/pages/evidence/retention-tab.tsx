import { type FormEvent, useState } from 'react'
import { type Answer, server, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { kindsWords } from '../../parts/kinds.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { capitalised, When } from '../../ui/text/index.ts'
import { retentionAsk } from './asks.ts'
import classes from './evidence.module.css'

type Kept = Answer<'retention.list'>['retention'][number]

const COLUMNS: readonly Column<Kept>[] = [
  {
    key: 'kind',
    head: 'Records of',
    value: (row) => row.kind,
    cell: (row) => <b>{nameOf(row.kind)}</b>,
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

type Preview = Answer<'retention.preview'>

/** Tells what would be forgotten before it is: it cannot be brought back. */
function KeepFor({ kept: { kind, days } }: { kept: Kept }) {
  const { act, busy } = useAct()
  const [text, setText] = useState(days === null ? '' : String(days))
  const [preview, setPreview] = useState<Preview>()
  const [trouble, setTrouble] = useState<string>()
  const wished = text.trim() === '' ? null : Number(text)
  const isWrong = wished !== null && !(Number.isInteger(wished) && wished > 0)
  const keep = (wish: number | null, undo?: () => void): void =>
    void act('retention.set', { kind, days: wish }, (now) => ({
      text: `${capitalised(nameOf(kind))}: kept ${keptWords(now.days)}.`,
      ...(undo ? { undo } : {}),
    }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(undefined)
    if (isWrong) return
    if (wished === null) return keep(null, () => keep(days))
    try {
      const found = await server.call('retention.preview', { kind, days: wished })
      if (found.records > 0) setPreview(found)
      else keep(wished, () => keep(days))
    } catch (error) {
      setTrouble(explain(error).why)
    }
  }
  return (
    <form className={classes.keep} onSubmit={(event) => void submit(event)}>
      <TextField
        label={`Days to keep ${nameOf(kind)}`}
        value={text}
        onChange={setText}
        placeholder="for good"
        error={isWrong ? 'Write whole days, or nothing for good.' : trouble}
      />
      <Button type="submit" look="quiet" busy={busy}>
        Set
      </Button>
      {preview && (
        <Dialog title={`Keep ${nameOf(kind)} ${keptWords(preview.days)}?`} onClose={() => setPreview(undefined)}>
          <p>
            <b>
              {formatCount(preview.records)} of {formatCount(preview.of)}
            </b>{' '}
            {kind === 'reject' ? 'came' : 'happened'} before <When at={preview.before} />. They are forgotten within the hour and cannot be
            brought back. {kind !== 'reject' && 'Figures that would need them are unknown from then on.'}
          </p>
          <p className={classes.verbs}>
            <Button onClick={() => setPreview(undefined)}>Keep them</Button>
            <Button
              look="danger"
              busy={busy}
              onClick={() => {
                setPreview(undefined)
                keep(preview.days)
              }}
            >
              Forget them
            </Button>
          </p>
        </Dialog>
      )}
    </form>
  )
}

function nameOf(kind: Kept['kind']): string {
  return kind === 'reject' ? 'rejected lines' : kindsWords(kind)
}

function keptWords(days: number | null): string {
  return days === null ? 'for good' : `for ${plural(days, 'day')}`
}
