import { type FormEvent, useState } from 'react'
import { type Answer, server } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { explain } from '../../app/failures.tsx'
import { kindsWords } from '../../parts/kinds.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { CopyCommand } from '../../ui/text/index.ts'
import classes from './evidence.module.css'

type Erasure = Answer<'people.erase'>

/** Erases somebody everywhere and for good, on request: what that would be is told first. */
export function ErasePerson() {
  const { act, busy } = useAct()
  const [person, setPerson] = useState('')
  const [also, setAlso] = useState('')
  const [looking, setLooking] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [told, setTold] = useState<Erasure>()
  const wish = { person: person.trim(), also: also.split(',').flatMap((name) => name.trim() || []) }
  const edit = (set: (value: string) => void) => (value: string) => {
    set(value)
    setTold(undefined)
  }
  const look = async (event: FormEvent) => {
    event.preventDefault()
    setLooking(true)
    setTrouble(undefined)
    try {
      setTold(await server.call('people.erase', { ...wish, confirm: false }))
    } catch (error) {
      setTrouble(explain(error).why)
    } finally {
      setLooking(false)
    }
  }
  const erase = async () => {
    const done = await act('people.erase', { ...wish, confirm: true }, () => ({ text: 'Erased, for good.' }))
    if (!done) return
    setTold(done)
    setPerson('')
    setAlso('')
  }
  return (
    <>
      <p className={classes.lead}>
        Everywhere and for good, on request. Names that are known to be theirs need not be given. On the command line:{' '}
        <CopyCommand>throughline erase dev-1@example.org</CopyCommand>
      </p>
      <form className={classes.newToken} onSubmit={(event) => void look(event)}>
        <TextField
          label="Person"
          value={person}
          onChange={edit(setPerson)}
          placeholder="dev-1@example.org"
          autoComplete="off"
          error={trouble}
          required
        />
        <TextField label="Also called" value={also} onChange={edit(setAlso)} placeholder="dev-1, Dev One" autoComplete="off" optional />
        <Button type="submit" busy={looking}>
          Show what would be erased
        </Button>
      </form>
      {told && (
        <div className={classes.erasure} role="status">
          <b>{told.done ? 'Erased.' : headOf(told)}</b>
          <ul>
            {linesOf(told).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {told.notes.map((note) => (
            <p key={note} className="quiet">
              {note}
            </p>
          ))}
          {!told.done && (
            <Button look="danger" busy={busy} onClick={() => void erase()}>
              Erase for good
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function headOf(told: Erasure): string {
  return linesOf(told).length === 0 ? 'Nothing here names this person.' : `Known by ${plural(told.names, 'name')}. This would be erased:`
}

/** What was, or would be, erased, a line a place. */
function linesOf({ done, records, users, documents, rejects, tokens, elsewhere, remains }: Erasure): string[] {
  return [
    ...Object.entries(records).map(([kind, { kept, deleted }]) => {
      const parts = [
        kept > 0 ? `${formatCount(kept)} stay without the person` : '',
        deleted > 0 ? `${formatCount(deleted)} are deleted, because they tell of nothing else` : '',
      ]
      return `Records of ${kindsWords(kind)}: ${parts.filter(Boolean).join(', ')}`
    }),
    ...(done ? (users.length > 0 ? [plural(users.length, 'entity', 'entities')] : []) : users.map((user) => `The entity ${user}`)),
    ...(documents > 0 ? [`${plural(documents, 'version')} of documents`] : []),
    ...(rejects > 0 ? [plural(rejects, 'rejected line')] : []),
    ...(tokens > 0 ? [`${plural(tokens, 'token')}, which let nobody in any more`] : []),
    ...elsewhere.map(({ place, rows }) => `${plural(rows, 'row')} of ${place}`),
    ...remains.map(({ place, rows }) => `Remains as the name of a thing: ${plural(rows, 'row')} of ${place}`),
  ]
}
