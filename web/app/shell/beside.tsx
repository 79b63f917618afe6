import { useLocation } from '@tanstack/react-router'
import { Go } from '../go.tsx'
import { pagesBeside } from '../pages.ts'
import classes from './beside.module.css'

/** The row of pages that belong together, above each of them. */
export function Beside() {
  const { pathname } = useLocation()
  const pages = pagesBeside(pathname)
  if (pages.length === 0) return null
  return (
    <nav className={classes.row} aria-label="Beside this page" data-screen-only>
      <ul>
        {pages.map(({ to, tab, label, letter, asks }) => (
          <li key={to}>
            <Go to={to} aria-current={pathname === to ? 'page' : undefined} title={`${asks} (g ${letter})`}>
              {tab ?? label}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  )
}
