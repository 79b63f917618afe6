import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Answer, ask, openSession, readSession, server, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { shortName } from '../../app/go.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { Button, ChoiceField, TextField } from '../../ui/form/index.ts'
import { SureButton } from '../../ui/overlay/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Copyable, When } from '../../ui/text/index.ts'
import { AuditTrail } from './audit-trail.tsx'
import classes from './evidence.module.css'

type Token = Answer<'token.list'>['tokens'][number]

const SCOPES = [
  { value: 'read', label: 'read everything' },
  { value: 'write', label: 'read and change' },
  { value: 'evidence:write', label: 'send records' },
  { value: 'gate', label: 'ask the gate' },
  { value: 'admin', label: 'everything, tokens included' },
] as const
type Scope = (typeof SCOPES)[number]['value']

/** Who may do what here: tokens for people and tools, and what they changed. */
export function AccessTab() {
  const { data: session } = useSuspenseQuery({ queryKey: ['session'], queryFn: readSession })
  if (!session.scopes.includes('admin'))
    return (
      <EmptyState
        title="Tokens are for whoever runs this installation"
        why={`You act as ${session.person ?? 'nobody'} and may ${session.scopes.join(', ') || 'only look'}. Seeing tokens and the audit trail needs the scope "admin".`}
      />
    )
  return (
    <>
      {!session.guarded && (
        <p className={classes.lead}>
          No token exists, so everybody at this machine may do everything, and nobody from elsewhere gets in. The first token closes that
          door.
        </p>
      )}
      <NewToken first={!session.guarded} />
      <Tokens />
      <AuditTrail />
    </>
  )
}

/**
 * Makes a token and shows its secret once. The first one is for whoever makes it and may do everything; this browser
 * signs in with it at once, because from that moment on the server asks everybody who they are.
 */
function NewToken({ first }: { first: boolean }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('read')
  const [person, setPerson] = useState('')
  const [busy, setBusy] = useState(false)
  const [secret, setSecret] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const create = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setTrouble(undefined)
    try {
      const made = await server.call('token.create', {
        name: name.trim() || 'token',
        scopes: [first ? 'admin' : scope],
        ...(person.trim() ? { person: userNamed(person.trim()) } : {}),
      })
      setSecret(made.secret)
      setName('')
      setPerson('')
      if (first) await openSession(made.secret)
      await client.invalidateQueries()
    } catch (error) {
      const { why, fix } = explain(error)
      setTrouble([why, fix].filter(Boolean).join(' '))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section
      title={first ? 'The first token' : 'New token'}
      note={first ? 'yours: it may do everything, and this browser signs in with it' : undefined}
    >
      <form className={classes.newToken} onSubmit={(event) => void create(event)}>
        <TextField label="Name" value={name} onChange={setName} placeholder={first ? 'for me' : 'for the pipeline'} error={trouble} />
        {!first && (
          <ChoiceField
            label="May"
            value={scope}
            onChange={(value) => setScope(SCOPES.find((one) => one.value === value)?.value ?? 'read')}
            choices={SCOPES}
          />
        )}
        <TextField
          label="For whom"
          hint="What is done with it stands under this name."
          value={person}
          onChange={setPerson}
          placeholder="dev-1"
          optional
        />
        <Button type="submit" busy={busy}>
          Make a token
        </Button>
      </form>
      {secret && (
        <div className={classes.secret} role="status">
          <p>Its secret, shown this once:</p>
          <Copyable label="the secret">{secret}</Copyable>
        </div>
      )}
    </Section>
  )
}

/** `dev-1` is `user:default/dev-1`. */
function userNamed(name: string): string {
  return name.includes(':') ? name : name.includes('/') ? `user:${name}` : `user:default/${name}`
}

const COLUMNS: readonly Column<Token>[] = [
  { key: 'name', head: 'Name', value: (row) => row.name, cell: (row) => <b>{row.name}</b> },
  { key: 'person', head: 'Acts for', value: (row) => row.person, cell: (row) => shortName(row.person) },
  {
    key: 'scopes',
    head: 'May',
    cell: (row) => row.scopes.map((scope) => SCOPES.find((one) => one.value === scope)?.label ?? scope).join('; '),
  },
  { key: 'created', head: 'Made', value: (row) => row.createdAt, cell: (row) => <When at={row.createdAt} /> },
  {
    key: 'used',
    head: 'Last used',
    value: (row) => row.lastUsedAt,
    cell: (row) => (row.lastUsedAt ? <When at={row.lastUsedAt} clock /> : 'never'),
  },
  { key: 'end', head: 'Ends', cell: (row) => <End token={row} /> },
]

function Tokens() {
  const { tokens } = useLoaded(ask('token.list', {}))
  const table = useTableView('token')
  return (
    <Section title="Tokens">
      <DataTable
        caption="tokens"
        rows={tokens}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        empty={<p className="quiet">No tokens yet.</p>}
        {...table}
      />
    </Section>
  )
}

function End({ token }: { token: Token }) {
  const { act, busy } = useAct()
  if (token.revokedAt) {
    return (
      <span className="quiet">
        ended <When at={token.revokedAt} />
      </span>
    )
  }
  return (
    <SureButton
      busy={busy}
      asks={`End “${token.name}”?`}
      says="Whoever uses it, and every browser signed in with it, this one too if it is, stays outside from that moment on. A token that ended is not given again."
      verb="End it"
      onSure={() => act('token.revoke', { id: token.id }, () => ({ text: `“${token.name}” lets nobody in any more.` }))}
    >
      End it
    </SureButton>
  )
}
