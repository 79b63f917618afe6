import { type FormEvent, useState } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button, ChoiceField, TextField } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { peopleAsk } from './asks.ts'
import { ErasePerson } from './erase-person.tsx'
import classes from './evidence.module.css'

type People = Answer<'people.read'>
type Said = People['byHand'][number]
type Program = People['programs'][number]

const ORIGINS: Record<People['joins'][number]['origin'], string> = {
  mailmap: 'by a mailmap',
  signature: 'by how they sign their commits',
  noreply: 'by a forge’s stand-in address',
  catalog: 'by the catalogue',
  hand: 'by hand',
}
const SAYS: Record<Said['says'], string> = {
  same: 'is the same as',
  apart: 'is nobody else',
  person: 'is a person',
  bot: 'is a bot',
  agent: 'is a coding agent',
}
const KINDS = [
  { value: 'person', label: 'a person' },
  { value: 'bot', label: 'a bot' },
  { value: 'agent', label: 'a coding agent' },
] as const

const SAID_COLUMNS: readonly Column<Said>[] = [
  {
    key: 'said',
    head: 'Said',
    value: (row) => row.alias,
    cell: (row) => (
      <>
        <code>{row.alias}</code> {SAYS[row.says]} {row.other && <code>{row.other}</code>}
      </>
    ),
  },
  { key: 'by', head: 'By', value: (row) => row.by, cell: (row) => row.by },
  { key: 'at', head: 'When', value: (row) => row.at, cell: (row) => <When at={row.at} clock /> },
  { key: 'act', head: 'Was that wrong?', cell: (row) => <Undo id={row.id} /> },
]

const PROGRAM_COLUMNS: readonly Column<Program>[] = [
  { key: 'name', head: 'Name', value: (row) => row.name, cell: (row) => <b>{row.name}</b> },
  { key: 'kind', head: 'Counts as', value: (row) => row.kind, cell: (row) => KINDS.find(({ value }) => value === row.kind)?.label },
  { key: 'commits', head: 'Commits', align: 'end', value: (row) => row.commits, cell: (row) => formatCount(row.commits) },
  { key: 'by', head: 'Known', value: (row) => row.by, cell: (row) => (row.by === 'rule' ? 'by how it signs' : 'by hand') },
]

/** Who is who across sources: counts, what was said by hand, and programs. People are neither listed nor ranked. */
export function PeopleTab() {
  const { people, aliases, joins, byHand, programs } = useLoaded(peopleAsk())
  const said = useTableView('said')
  const shown = useTableView('program')
  return (
    <>
      <p className={classes.lead}>
        {aliases === 0
          ? 'No two names are known to be one person yet. '
          : `${plural(aliases, 'name')} stand for ${plural(people, 'person', 'people')}: ${joins.map(({ origin, count }) => `${formatCount(count)} joined ${ORIGINS[origin]}`).join(', ')}. `}
        Names are kept as pseudonyms, so nobody can be looked up here.
      </p>
      <Section title="Two names, one person" note="a mail address, a handle or a ref, as a source writes it">
        <Merge />
      </Section>
      <Section title="Said by hand">
        <DataTable
          caption="what was said by hand"
          rows={byHand}
          columns={SAID_COLUMNS}
          rowKey={(row) => String(row.id)}
          empty={<p className="quiet">Nothing yet.</p>}
          {...said}
        />
      </Section>
      <Section title="Bots and coding agents" note="counted apart from people">
        <Correct />
        <DataTable
          caption="bots and coding agents"
          rows={programs}
          columns={PROGRAM_COLUMNS}
          rowKey={(row) => `${row.kind} ${row.name}`}
          empty={<p className="quiet">None among the authors so far.</p>}
          {...shown}
        />
      </Section>
      <Section title="Erase a person">
        <ErasePerson />
      </Section>
    </>
  )
}

/** Joins two names, or sets the first apart from everybody. */
function Merge() {
  const { act, busy } = useAct()
  const [name, setName] = useState('')
  const [other, setOther] = useState('')
  const undo = (id: number) => void act('people.undo', { id }, () => ({ text: 'Taken back.' }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void act('people.merge', { name, other }, ({ id }) => ({ text: 'Joined.', undo: () => undo(id) }))
  }
  const apart = () => void act('people.split', { name }, ({ id }) => ({ text: 'Set apart.', undo: () => undo(id) }))
  return (
    <form className={classes.newToken} onSubmit={submit}>
      <TextField label="Name" value={name} onChange={setName} placeholder="dev-1@example.org" required />
      <TextField label="Same person as" value={other} onChange={setOther} placeholder="dev-1" />
      <div className={classes.verbs}>
        <Button type="submit" busy={busy}>
          Join
        </Button>
        <Button look="quiet" busy={busy} onClick={apart}>
          Set the first apart
        </Button>
      </div>
    </form>
  )
}

function Correct() {
  const { act, busy } = useAct()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]['value']>('bot')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void act('people.correct', { name, kind }, () => ({ text: 'It counts as that from now on.' }))
  }
  return (
    <form className={classes.newToken} onSubmit={submit}>
      <TextField label="Author" value={name} onChange={setName} placeholder="deploy-user" required />
      <ChoiceField
        label="Counts as"
        value={kind}
        onChange={(value) => setKind(KINDS.find((one) => one.value === value)?.value ?? 'bot')}
        choices={KINDS}
      />
      <Button type="submit" busy={busy}>
        Say so
      </Button>
    </form>
  )
}

function Undo({ id }: { id: number }) {
  const { act, busy } = useAct()
  return (
    <Button look="quiet" busy={busy} onClick={() => void act('people.undo', { id }, () => ({ text: 'Taken back.' }))}>
      Undo
    </Button>
  )
}
