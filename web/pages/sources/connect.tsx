import { type FormEvent, useState } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Copyable } from '../../ui/text/index.ts'
import { kindsAsk } from './asks.ts'
import { FirstDelivery } from './first-delivery.tsx'
import { GiveSecrets } from './give-secrets.tsx'
import { ReadBack } from './read-back.tsx'
import { SecretFields, SettingFields, settingsOf, type Source } from './setting-fields.tsx'
import classes from './sources.module.css'
import { SystemList } from './system-list.tsx'

type Made = Answer<'connection.create'>

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
      text: 'The address and secrets are made. Copy them now.',
    }))
    if (done) onMade(done)
  }
  const awaited = source.secrets.some(({ made, optional, afterwards }) => made === 'there' && !optional && !afterwards)
  const set = (key: string, value: string) => setGiven((before) => ({ ...before, [key]: value }))
  return (
    <Section
      title="1. What is it called here?"
      note={
        fields.some(({ isRequired }) => isRequired) || awaited ? 'what is not marked optional is needed' : 'all of it can be left as it is'
      }
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
          Make the address
        </Button>
      </form>
    </Section>
  )
}

function Copying({ source, made }: { source: Source; made: Made }) {
  return (
    <>
      <Section title={`2. Set it up in ${source.title}`} note="the address and secrets are shown this once">
        <ol className={classes.steps}>
          {made.steps.map((step) => (
            <li key={step}>
              <Step step={step} made={made} />
            </li>
          ))}
        </ol>
        <GiveSecrets id={made.id} source={source} />
      </Section>
      <Section title="3. The first event">
        <FirstDelivery id={made.id} />
      </Section>
      {source.pulls && <ReadBack id={made.id} />}
    </>
  )
}

/** A step with what is to be copied in its place; lines that follow its first are one text to copy. */
function Step({ step, made }: { step: string; made: Made }) {
  const [said = '', ...lines] = step.split('\n')
  if (lines.length > 0)
    return (
      <>
        <Step step={said} made={made} />
        <div>
          <Copyable label="the text">{filled(lines.join('\n'), made)}</Copyable>
        </div>
      </>
    )
  return step.split(/(\{[\w:]+\})/).map((part) => {
    if (part === '{address}')
      return (
        <Copyable key={part} label="the address">
          {addressOf(made)}
        </Copyable>
      )
    const secret = /^\{secret:(\w+)\}$/.exec(part)?.[1]
    return secret && made.secrets[secret] ? (
      <Copyable key={part} label="the secret">
        {made.secrets[secret]}
      </Copyable>
    ) : (
      part
    )
  })
}

function filled(text: string, made: Made): string {
  return text.replaceAll('{address}', addressOf(made)).replace(/\{secret:(\w+)\}/g, (whole, name: string) => made.secrets[name] ?? whole)
}

function addressOf({ path }: Made): string {
  return `${window.location.origin}${path}`
}
