import { createContext, type ReactNode, use, useId, useRef } from 'react'
import { placeUnder } from '../overlay/index.ts'
import classes from './term.module.css'

/** Explanations by word, lower case. Filled by the app from the glossary; empty while it loads. */
export const Glossary = createContext<ReadonlyMap<string, string>>(new Map())

/** A word with its meaning on hover, on focus and on tap. Without an entry it is plain text. */
export function Term({ of, children }: { of?: string; children: ReactNode }) {
  const word = (of ?? (typeof children === 'string' ? children : '')).toLowerCase()
  const glossary = use(Glossary)
  const meaning = glossary.get(word) ?? glossary.get(word.replace(/s$/, ''))
  const hint = useRef<HTMLSpanElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  if (!meaning) return <>{children}</>
  const show = () => {
    if (!hint.current?.matches(':popover-open')) hint.current?.showPopover()
    placeUnder(hint.current, button.current)
  }
  const hide = () => hint.current?.hidePopover()
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes.term}
        aria-describedby={id}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {children}
      </button>
      <span ref={hint} id={id} popover="manual" role="tooltip" className={classes.meaning}>
        {meaning}
      </span>
    </>
  )
}
