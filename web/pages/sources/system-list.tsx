import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { buttonClass } from '../../ui/form/index.ts'
import type { Source } from './setting-fields.tsx'
import classes from './sources.module.css'

/** Systems that can be connected, with what each brings. */
export function SystemList({ sources }: { sources: readonly Source[] }) {
  return (
    <ul className={classes.kinds}>
      {sources.map(({ kind, title, brings }) => (
        <li key={kind}>
          <div>
            <b>{title}</b>
            <p className="quiet">{brings}</p>
          </div>
          <Go to={urls.connect()} search={{ source: kind }} className={buttonClass} aria-label={`Connect ${title}`}>
            Connect
          </Go>
        </li>
      ))}
    </ul>
  )
}
