import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { Findings } from './findings.tsx'
import { SecretFields, SettingFields, settingsOf, type Source } from './setting-fields.tsx'
import classes from './sources.module.css'

type Read = Answer<'connection.read'>

/** Settings of a connection as they are, and a form to change them; secrets are given anew, never shown. */
export function EditSettings({ connection, source }: { connection: Read; source: Source }) {
  const [isEditing, setEditing] = useState(false)
  const [findings, setFindings] = useState<Answer<'connection.test'>['findings']>()
  const shown = settingsOf(source).flatMap(({ key, title }) => {
    const text = textOf(connection.settings[key])
    return text ? [{ key, title, text }] : []
  })
  if (isEditing)
    return (
      <Form
        connection={connection}
        source={source}
        onDone={(found) => {
          setFindings(found)
          setEditing(false)
        }}
      />
    )
  return (
    <>
      {shown.length > 0 ? (
        <dl className={classes.settings}>
          {shown.map(({ key, title, text }) => (
            <div key={key}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="quiet">Nothing is set.</p>
      )}
      {findings && <Findings findings={findings} />}
      <p className={classes.buttons}>
        <Button onClick={() => setEditing(true)}>Edit settings</Button>
      </p>
    </>
  )
}

function Form({
  connection,
  source,
  onDone,
}: {
  connection: Read
  source: Source
  onDone: (findings?: Answer<'connection.test'>['findings']) => void
}) {
  const { id } = connection
  const { act, busy } = useAct()
  const before = Object.fromEntries(settingsOf(source).map(({ key }) => [key, textOf(connection.settings[key])]))
  const [name, setName] = useState(connection.name)
  const [values, setValues] = useState<Record<string, string>>(before)
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const theirs = source.secrets.filter(({ made, optional }) => made === 'there' || optional)

  const change = (to: string, settings: Record<string, unknown>, undo?: () => void) =>
    act('connection.change', { id, name: to, settings }, ({ changed, begun, ended }) => ({
      text: toldOf(changed.length, begun.length, ended.length),
      ...(undo ? { undo } : {}),
    }))
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const changed = Object.keys(values).filter((key) => values[key] !== before[key])
    const settings = Object.fromEntries(changed.map((key) => [key, values[key] ?? '']))
    const back = Object.fromEntries(changed.map((key) => [key, connection.settings[key] ?? null]))
    if (!(await change(name, settings, () => void change(connection.name, back)))) return
    const given = Object.fromEntries(Object.entries(secrets).filter(([, secret]) => secret.trim()))
    if (
      Object.keys(given).length > 0 &&
      !(await act('connection.secrets', { id, secrets: given }, () => ({ text: 'The new secret is kept sealed.' })))
    )
      return
    if (!source.pulls) return onDone()
    const tested = await act('connection.test', { id }, ({ findings }) => ({
      text: findings.every(({ ok }) => ok) ? 'Saved. All is seen.' : 'Saved. Something is not seen.',
    }))
    onDone(tested?.findings)
  }
  return (
    <form className={classes.form} onSubmit={(event) => void save(event)}>
      <p className="quiet">
        It counts for what comes from now on; what was told stays as it was read.
        {source.pulls &&
          ' Lists that are new are read a year back. Those left out are not read any more; what they brought stays. To have the rest of the past read with new settings, press “Read the past year again” afterwards. Another address is only for the same system at a new place: another system is another connection.'}
      </p>
      <TextField label="Name" value={name} onChange={setName} required />
      <SettingFields source={source} values={values} onChange={(key, value) => setValues((all) => ({ ...all, [key]: value }))} />
      <SecretFields
        secrets={theirs}
        hint="Leave it empty to keep the one there is, if any; it is never shown."
        optional
        values={secrets}
        onChange={(key, value) => setSecrets((all) => ({ ...all, [key]: value }))}
      />
      <p className={classes.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Save
        </Button>
        <Button busy={busy} look="quiet" onClick={() => onDone()}>
          Cancel
        </Button>
      </p>
    </form>
  )
}

function toldOf(changed: number, begun: number, ended: number): string {
  if (changed === 0) return 'Saved.'
  const lists = [begun > 0 ? `${begun} read from the beginning` : '', ended > 0 ? `${ended} not read any more` : ''].filter(Boolean)
  return `The settings are changed${lists.length > 0 ? `; lists: ${lists.join(', ')}` : ''}.`
}

/** A setting as it is written in a field. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.join('; ') : typeof value === 'string' ? value : JSON.stringify(value)
}
