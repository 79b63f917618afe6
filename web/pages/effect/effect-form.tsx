import { useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { standpointOf } from '../../app/search.ts'
import { Button, FieldRow, TextField } from '../../ui/form/index.ts'
import classes from './effect.module.css'

/** What is asked; kept in the address, so that an answer can be sent on. */
export function EffectForm({ measures }: { measures: Answer<'measure.list'>['measures'] }) {
  const { search, set } = useAddress()
  const scope = standpointOf(search).scope ?? 'default'
  const [draft, setDraft] = useState({
    measure: search.measure ?? '',
    subject: search.subject ?? '',
    at: search.at ?? '',
    control: search.control ?? '',
  })
  const [tried, setTried] = useState(false)
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }))
  const missing = { measure: draft.measure.trim() === '', at: !/^\d{4}-\d{2}-\d{2}$/.test(draft.at) }
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing.measure || missing.at) return
    set(
      {
        measure: draft.measure.trim(),
        subject: draft.subject.trim() || undefined,
        at: draft.at,
        control: draft.control.trim() || undefined,
      },
      { push: true },
    )
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <FieldRow>
        <TextField
          label="Measure"
          value={draft.measure}
          onChange={(measure) => change({ measure })}
          offers={measures.map(({ id, title }) => ({ value: id, label: title }))}
          error={tried && missing.measure ? 'Name a measure; the list offers those there are.' : undefined}
          required
        />
        <TextField
          label="Changed"
          hint={`whom it was made to; everything in ${scope} when left empty`}
          value={draft.subject}
          onChange={(subject) => change({ subject })}
          placeholder={`component:${scope}/…`}
          optional
        />
        <TextField
          label="Day of the change"
          type="date"
          value={draft.at}
          onChange={(at) => change({ at })}
          error={tried && missing.at ? 'Name the day.' : undefined}
          required
        />
      </FieldRow>
      <TextField
        label="Hold against"
        hint="untouched ones, with commas; found by themselves when left empty; none for before and after alone"
        value={draft.control}
        onChange={(control) => change({ control })}
        optional
      />
      <Button type="submit" look="primary">
        Look
      </Button>
    </form>
  )
}
