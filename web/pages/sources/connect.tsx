import { type FormEvent, useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { kindsAsk } from './asks.ts'
import { CopySteps, type Made } from './copy-steps.tsx'
import { FirstDelivery } from './first-delivery.tsx'
import { GiveSecrets } from './give-secrets.tsx'
import { ReadBack } from './read-back.tsx'
import { SecretFields, SettingFields, settingsOf, type Source } from './setting-fields.tsx'
import classes from './sources.module.css'
import { SystemList } from './system-list.tsx'

/** Choose, copy, wait for the first event, see it as it was read. */
export default function ConnectPage() {
  const { search } = useAddress()
  const { sources } = useLoaded(kindsAsk())
  const source = sources.find(({ kind }) => kind === search.source)
  const [made, setMade] = useState<Made>()
  if (!source)
    return (
      <Page title="Connect a system" asks="Which one?" above={<Above />}>
        <SystemList sources={sources} />
      </Page>
    )
  return (
    <Page title={`Connect ${source.title}`} asks={source.brings} above={<Above />}>
      {made ? <Copying source={source} made={made} /> : <Choosing source={source} onMade={setMade} />}
    </Page>
  )
}

function Above() {
  return (
    <>
      <Go to={urls.sources()}>Sources</Go> / connect
    </>
  )
}

function Choosing({ source, onMade }: { source: Source; onMade: (made: Made) => void }) {
  const { act, busy } = useAct()
  const [name, setName] = useState('')
  const [given, setGiven] = useState<Record<string, string>>({})
  const fields = settingsOf(source)
  const create = async (event: FormEvent) => {
    event.preventDefault()
    const settings = Object.fromEntries(
      Object.entries(given).filter(([key, value]) => value.trim() && fields.some((field) => field.key === key)),
    )
    const secrets = Object.fromEntries(
      source.secrets.flatMap(({ name: secret }) => (given[secret]?.trim() ? [[secret, given[secret]]] : [])),
    )
    const done = await act('connection.create', { source: source.kind, name: name.trim() || undefined, settings, secrets }, () => ({
      text: source.pushes ? 'The address and secrets are made. Copy them now.' : 'Connected. What is there is read now.',
    }))
    if (done) onMade(done)
  }
  const awaited = source.secrets.some(({ made, optional, afterwards }) => made === 'there' && !optional && !afterwards)
  const set = (key: string, value: string) => setGiven((before) => ({ ...before, [key]: value }))
  const isNeeded = fields.some(({ isRequired }) => isRequired) || awaited
  const form = (
    <Section
      title={source.pushes ? '1. What is it called here?' : '2. Where it is'}
      note={isNeeded ? 'what is not marked optional is needed' : 'all of it can be left as it is'}
    >
      <form className={classes.form} onSubmit={(event) => void create(event)}>
        <TextField label="Name" value={name} onChange={setName} placeholder={source.title} optional />
        <SettingFields source={source} values={given} onChange={set} />
        <SecretFields
          secrets={source.secrets.filter(({ made, afterwards }) => made === 'there' && !afterwards)}
          hint={`${source.title} makes it; it is kept sealed here.`}
          values={given}
          onChange={set}
        />
        <Button type="submit" look="primary" busy={busy}>
          {source.pushes ? 'Make the address' : 'Connect'}
        </Button>
      </form>
    </Section>
  )
  if (source.pushes) return form
  return (
    <>
      <Section title="1. What has to be there" note="it is read by ourselves: nothing is set up to push">
        <CopySteps made={{ id: '', path: '', secrets: {}, steps: source.steps }} />
      </Section>
      {form}
    </>
  )
}

function Copying({ source, made }: { source: Source; made: Made }) {
  return (
    <>
      {source.pushes && (
        <Section title={`2. Set it up in ${source.title}`} note="the address and secrets are shown this once">
          <CopySteps made={made} />
          {source.pulls && (
            <p className="quiet">
              What is to be given here can also be given later: <Go to={urls.connection(made.id)}>its page</Go>, Edit settings.
            </p>
          )}
          <GiveSecrets id={made.id} source={source} />
        </Section>
      )}
      <Section title={source.pushes ? '3. The first event' : '3. The first values'}>
        <FirstDelivery id={made.id} pushes={source.pushes} />
      </Section>
      {source.pulls && <ReadBack id={made.id} />}
    </>
  )
}
