import { type FormEvent, useState } from 'react'
import { useAddress } from '../../app/address.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { useEntityOffers } from '../../parts/editing/offers.ts'
import classes from './decisions.module.css'

const NAMES = ['text', 'about', 'log', 'from', 'to'] as const
type Wish = Record<(typeof NAMES)[number], string>

/** Narrows the log by words of the whole record, by what it bears on and by its days; all of it stands in the address. */
export function LogFilters() {
  const { search, set } = useAddress()
  const stands = Object.fromEntries(NAMES.map((name) => [name, search[name] ?? ''])) as Wish
  const [typed, setTyped] = useState<Wish | null>(null)
  const wish = typed ?? stands
  const change = (more: Partial<Wish>) => setTyped({ ...wish, ...more })
  const offers = useEntityOffers('outcome', 'principle', 'component', 'system')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    set({ ...Object.fromEntries(NAMES.map((name) => [name, wish[name].trim() || undefined])), page: undefined })
    setTyped(null)
  }
  return (
    <details className={classes.search} open={NAMES.some((name) => stands[name] !== '') || undefined} data-screen-only>
      <summary>Find by words, by what it bears on, by day</summary>
      <form role="search" aria-label="Decisions" onSubmit={submit}>
        <TextField label="Words in the record" value={wish.text} onChange={(text) => change({ text })} />
        <TextField
          label="Bears on"
          value={wish.about}
          onChange={(about) => change({ about })}
          offers={offers}
          placeholder="an outcome, principle or component"
        />
        <TextField label="Log" value={wish.log} onChange={(log) => change({ log })} placeholder="a repository" />
        <TextField label="From" type="date" value={wish.from} onChange={(from) => change({ from })} />
        <TextField label="Before" type="date" value={wish.to} onChange={(to) => change({ to })} />
        <Button type="submit">Find</Button>
      </form>
    </details>
  )
}
