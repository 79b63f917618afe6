import { useLocation } from '@tanstack/react-router'
import { Go } from '../go.tsx'
import { isOn, PAGES } from '../pages.ts'
import classes from './shell.module.css'

/** The pages; beside the page where there is room, folded behind the menu button where there is not. */
export function Navigation({ open }: { open: boolean }) {
  const { pathname } = useLocation()
  return (
    <nav id="navigation" className={classes.navigation} data-open={open || undefined} aria-label="Pages" data-screen-only>
      <ul className={classes.pages}>
        {PAGES.filter(({ beside }) => beside === undefined).map((page) => {
          const here = PAGES.some(({ to, beside }) => (to === page.to || beside === page.to) && isOn(to, pathname))
          return (
            <li key={page.to}>
              <Go to={page.to} aria-current={here ? 'page' : undefined} title={`${page.asks} (g ${page.letter})`}>
                <page.icon size={18} stroke={1.6} aria-hidden />
                {page.label}
              </Go>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
