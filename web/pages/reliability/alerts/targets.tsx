import { type FormEvent, useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { shortName } from '../../../app/go.tsx'
import { Button, ChoiceField, FieldRow, TextField } from '../../../ui/form/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { CopyCommand, When } from '../../../ui/text/index.ts'
import classes from './alerts.module.css'
import { type Destination, type Inbox, scopeOf } from './asks.ts'

const KINDS = [
  { value: 'webhook', label: 'signed webhook' },
  { value: 'slack', label: 'Slack incoming webhook' },
  { value: 'email', label: 'e-mail' },
] as const
type Kind = (typeof KINDS)[number]['value']
/** Whose changes of level it is told of, beside alerts. */
const CHANGES = [
  { value: 'none', label: 'no changes of level' },
  { value: 'executive', label: 'changes that matter to executives' },
  { value: 'product', label: 'changes that matter to product' },
  { value: 'engineering', label: 'changes that matter to engineering' },
  { value: 'all', label: 'all changes that matter to somebody' },
] as const
type Changes = (typeof CHANGES)[number]['value']
const heard = (changes: Changes) => (changes === 'none' ? null : changes)
const ADDRESS: Record<Kind, string> = {
  webhook: 'https://example.org/alerts',
  slack: 'https://hooks.slack.com/services/…',
  email: 'on-call@example.org',
}

/** Who is told, and where they are reached. */
export function Targets({ inbox: { destinations } }: { inbox: Inbox }) {
  return (
    <Section title="Who is told" note="addresses and secrets are kept sealed">
      {destinations.length === 0 ? (
        <p className="quiet">Nobody: alerts are shown here alone.</p>
      ) : (
        <ul className={classes.list}>
          {destinations.map((one) => (
            <One key={one.target} destination={one} />
          ))}
        </ul>
      )}
      <Add />
    </Section>
  )
}

function One({ destination: { target, kind, shown, standard, changes, pausedAt } }: { destination: Destination }) {
  const { act, busy } = useAct()
  const pause = (paused: boolean) =>
    act('burn.target_pause', { target, paused }, () => ({
      text: paused ? 'Nothing more is sent there.' : 'It is told again.',
      undo: () => void act('burn.target_pause', { target, paused: !paused }, () => ({ text: 'As it was.' })),
    }))
  const hear = (wish: Changes) => act('burn.target_changes', { target, changes: heard(wish) }, () => ({ text: 'Kept.' }))
  const test = () =>
    act('burn.target_test', { target }, ({ sent, message, fix }) => ({ text: `${sent ? 'Sent. ' : ''}${message} ${fix ?? ''}`.trim() }))
  return (
    <li>
      <b>{shortName(target)}</b> by {KINDS.find(({ value }) => value === kind)?.label}, {shown}
      {!standard && ', only of policies that name it'}
      {pausedAt && (
        <>
          , paused since <When at={pausedAt} clock />
        </>
      )}{' '}
      <Button look="quiet" busy={busy} onClick={() => void test()}>
        Send a test
      </Button>
      <Button look="quiet" busy={busy} onClick={() => void pause(pausedAt === null)}>
        {pausedAt ? 'Go on' : 'Pause'}
      </Button>
      <ChoiceField
        label={`${shortName(target)} is also told of`}
        value={changes ?? 'none'}
        onChange={(wish) => void hear(wish as Changes)}
        choices={CHANGES}
      />
    </li>
  )
}

function Add() {
  const { search } = useAddress()
  const { act, busy } = useAct()
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState<{ name: string; kind: Kind; address: string; changes: Changes }>({
    name: 'on-call',
    kind: 'webhook',
    address: '',
    changes: 'none',
  })
  const [secret, setSecret] = useState<string | null>(null)
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const target = `alertnotificationtarget:${scopeOf(search)}/${draft.name}`
    const { kind, address, changes } = draft
    const done = await act('burn.target', { target, kind, address, changes: heard(changes) }, () => ({
      text: 'Kept. Send a test to see that it arrives.',
    }))
    if (!done) return
    setSecret(done.secret)
    setOpen(false)
  }
  return (
    <div data-screen-only>
      {secret && (
        <div className={classes.secret}>
          <p>Messages are signed with this secret (standardwebhooks.com). It is shown this once:</p>
          <CopyCommand>{secret}</CopyCommand>
        </div>
      )}
      {open ? (
        <form className={classes.form} onSubmit={(event) => void save(event)}>
          <FieldRow>
            <TextField label="Name" value={draft.name} onChange={(name) => change({ name })} required />
            <ChoiceField label="By" value={draft.kind} onChange={(kind) => change({ kind: kind as Kind })} choices={KINDS} />
          </FieldRow>
          <TextField
            label="Address"
            type={draft.kind === 'slack' ? 'password' : 'text'}
            value={draft.address}
            placeholder={ADDRESS[draft.kind]}
            onChange={(address) => change({ address })}
            required
          />
          <ChoiceField
            label="Also told of"
            hint="Changes of level of outcomes’ measures and headline measures: each once, when it can be told from noise."
            value={draft.changes}
            onChange={(changes) => change({ changes: changes as Changes })}
            choices={CHANGES}
          />
          <Button look="primary" type="submit" busy={busy}>
            Keep it
          </Button>
        </form>
      ) : (
        <Button onClick={() => setOpen(true)}>Tell somebody…</Button>
      )}
    </div>
  )
}
