import { type FormEvent, useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { GoTo } from '../../../app/go.tsx'
import { Button, ChoiceField, FieldRow, TextField } from '../../../ui/form/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { Term, When } from '../../../ui/text/index.ts'
import type { SloPage } from './asks.ts'
import classes from './slo.module.css'

/** Spans that do not count, who says so and why; each can be taken back. */
export function Corrections({ page }: { page: SloPage }) {
  const { act, busy } = useAct()
  const [open, setOpen] = useState(false)
  const { corrections } = page.status
  const settle = (ref: string, withdrawn: boolean) =>
    void act('slo.correction.withdraw', { ref, withdrawn }, () => ({
      text: withdrawn ? 'Taken back: the span counts again.' : 'The correction holds again.',
      undo: () => settle(ref, !withdrawn),
    }))
  return (
    <Section
      title="What does not count"
      note={
        <>
          <Term of="correction">corrections</Term>: maintenance, or samples that were wrong
        </>
      }
      actions={!open && <Button onClick={() => setOpen(true)}>Take a span out</Button>}
    >
      {corrections.length === 0 && !open && <p className="quiet">Every minute of the window counts.</p>}
      <ul className={classes.list}>
        {corrections.map(({ ref, from, to, reason, by }) => (
          <li key={ref}>
            <When at={from} clock /> to <When at={to} clock />: {reason} (<GoTo id={by} />, <GoTo id={ref}>record</GoTo>){' '}
            <Button onClick={() => settle(ref, true)} disabled={busy}>
              Count it again
            </Button>
          </li>
        ))}
      </ul>
      {open && <CorrectionForm page={page} onDone={() => setOpen(false)} />}
    </Section>
  )
}

function CorrectionForm({ page, onDone }: { page: SloPage; onDone: () => void }) {
  const { act, busy } = useAct()
  const [subject, setSubject] = useState(page.ref)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const wrong = {
    from: from === '' ? 'When does it begin?' : undefined,
    to: to === '' ? 'When does it end?' : from !== '' && to <= from ? 'It ends before it begins.' : undefined,
    reason: reason.trim().length < 3 ? 'Say why: others will read it.' : undefined,
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (wrong.from || wrong.to || wrong.reason) return
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    const done = await act('slo.correct', { subjects: [subject], ...span, reason }, ({ ref }) => ({
      text: 'Taken out: the span does not count.',
      undo: () => void act('slo.correction.withdraw', { ref, withdrawn: true }, () => ({ text: 'Taken back: the span counts again.' })),
    }))
    if (done) onDone()
  }
  const shown = (text: string | undefined) => (asked ? text : undefined)
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)}>
      <ChoiceField
        label="For"
        value={subject}
        onChange={setSubject}
        choices={[
          { value: page.ref, label: page.title },
          { value: page.service, label: `all that ${page.service.slice(page.service.indexOf('/') + 1)} promises` },
        ]}
      />
      <FieldRow>
        <TextField label="From" type="datetime-local" value={from} onChange={setFrom} error={shown(wrong.from)} />
        <TextField label="To" type="datetime-local" value={to} onChange={setTo} error={shown(wrong.to)} />
      </FieldRow>
      <TextField label="Why" value={reason} onChange={setReason} error={shown(wrong.reason)} />
      <p className="quiet small">In your time zone. It is signed with your name, and every budget it touches shows it.</p>
      <div className={classes.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Take it out
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  )
}
