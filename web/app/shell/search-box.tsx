import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type RefObject, useDeferredValue, useId, useState } from 'react'
import classes from './search-box.module.css'
import { type Hit, useHits } from './use-hits.ts'

/** Looks over everything that has a name: pages, measures, what is declared, records. Arrow keys choose, Enter opens, Escape leaves. */
export function SearchBox({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const id = useId()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(0)
  const asked = useDeferredValue(words.trim())
  const { hits, searching } = useHits(asked)
  const listed = open && asked.length > 1

  const openHit = ({ to, search }: Hit) => {
    setOpen(false)
    setWords('')
    input.current?.blur()
    void navigate({ to, search: search ?? {} })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((place) => (place + step + hits.length) % Math.max(1, hits.length))
    else if (event.key === 'Enter' && hits[chosen] && !hits[chosen].earlier) openHit(hits[chosen])
    else if (event.key === 'Escape') input.current?.blur()
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.search} role="search">
      <IconSearch size={16} aria-hidden />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="Search everything"
        aria-expanded={listed}
        aria-controls={`${id}-hits`}
        aria-activedescendant={listed && hits[chosen] ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        placeholder="Search"
        value={words}
        onChange={(event) => {
          setWords(event.target.value)
          setChosen(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <div className={classes.hits} data-open={listed || undefined}>
        <ul id={`${id}-hits`} role="listbox" aria-label="Found">
          {listed &&
            hits.map((hit, index) => (
              // The mouse goes down before the input loses the focus: the hit opens before the list closes.
              <li
                key={hit.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onMouseDown={() => openHit(hit)}
                onMouseEnter={() => setChosen(index)}
              >
                <span>{hit.title}</span>
                <span className="quiet small">{hit.kind}</span>
              </li>
            ))}
        </ul>
        {listed && hits.length === 0 && !searching && <p>Nothing is called “{asked}”. Records are found by their number, key or commit.</p>}
      </div>
    </div>
  )
}
