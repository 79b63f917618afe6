import { type ReactNode, useEffect } from 'react'
import classes from './page.module.css'

export interface PageProps {
  title: string
  /** The one question this page answers. */
  asks: string
  /** The answer, as a sentence. */
  answer?: ReactNode
  /** What a reader can do from here. */
  actions?: ReactNode
  /** Where the page stands: links upward, above the title. */
  above?: ReactNode
  /** Takes all the room there is: for maps. */
  wide?: boolean
  children?: ReactNode
}

/** Longer titles stand above what can be done, not beside it. */
const LONG_TITLE = 60

/** A page: its title, the question it answers, the answer in the first line, then the grounds. */
export function Page({ title, asks, answer, actions, above, wide, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Throughline`
  }, [title])
  return (
    <article className={classes.page} data-wide={wide || undefined}>
      <header className={classes.head}>
        {above && <div className={classes.above}>{above}</div>}
        <div className={classes.titles} data-long={title.length > LONG_TITLE || undefined}>
          <div>
            <h1 tabIndex={-1}>{title}</h1>
            <p className={classes.asks}>{asks}</p>
          </div>
          {actions && (
            <div className={classes.actions} data-screen-only>
              {actions}
            </div>
          )}
        </div>
        {answer && <div className={classes.answer}>{answer}</div>}
      </header>
      {children}
    </article>
  )
}

/** A part of a page with its own heading. */
export function Section({
  title,
  note,
  actions,
  id,
  children,
}: {
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
  id?: string
  children: ReactNode
}) {
  return (
    <section className={classes.section} id={id}>
      <div className={classes.sectionHead}>
        <h2>{title}</h2>
        {note && <p className={classes.note}>{note}</p>}
        {actions && (
          <div className={classes.actions} data-screen-only>
            {actions}
          </div>
        )}
      </div>
      {children}
    </section>
  )
}
