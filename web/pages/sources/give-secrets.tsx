import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { capitalised } from '../../ui/text/index.ts'
import classes from './sources.module.css'

type Source = Answer<'source.list'>['sources'][number]

/** Takes what the other side makes only once it has the address; nothing is shown where there is no such secret. */
export function GiveSecrets({ id, source }: { id: string; source: Source }) {
  const { act, busy } = useAct()
  const [given, setGiven] = useState<Record<string, string>>({})
  const awaited = source.secrets.filter(({ afterwards }) => afterwards)
  if (awaited.length === 0) return null
  const give = async (event: FormEvent) => {
    event.preventDefault()
    const done = await act('connection.secrets', { id, secrets: given }, () => ({
      text: 'Kept sealed. What comes now is checked with it.',
    }))
    if (done) setGiven({})
  }
  return (
    <form className={classes.form} onSubmit={(event) => void give(event)}>
      {awaited.map(({ name, label }) => (
        <TextField
          key={name}
          label={capitalised(label)}
          type="password"
          hint={`${source.title} makes it once it has the address; it is kept sealed here.`}
          value={given[name] ?? ''}
          onChange={(value) => setGiven((before) => ({ ...before, [name]: value }))}
        />
      ))}
      <Button type="submit" busy={busy}>
        Keep it
      </Button>
    </form>
  )
}
