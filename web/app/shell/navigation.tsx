import { useLocation } from '@tanstack/react-router'
import { useId } from 'react'
import { Go } from '../go.tsx'
import { isOn, PAGE_GROUPS, type PageEntry, PAGES } from '../pages.ts'
import classes from './navigation.module.css'

/** The pages under the questions people come with; beside the page where there is room, folded behind the menu button where there is not. */
export function Navigation({ open }: { open: boolean }) {
  const id = useId()
  return (
    <nav id="navigation" className={classes.navigation} data-open={open || undefined} aria-label="Pages" data-screen-only>
      {PAGE_GROUPS.map(({ asks, pages }, index) => (
        <div key={asks} className={classes.group}>
          <p id={`${id}-${index}`} className={classes.question}>
            {asks}
          </p>
          <ul className={classes.pages} aria-labelledby={`${id}-${index}`}>
            {pages
              .filter(({ beside }) => beside === undefined)
              .map((page) => (
                <Entry key={page.to} page={page} />
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function Entry({ page }: { page: PageEntry }) {
  const { pathname } = useLocation()
  const here = PAGES.some(({ to, beside }) => (to === page.to || beside === page.to) && isOn(to, pathname))
  return (
    <li>
      <Go to={page.to} aria-current={here ? 'page' : undefined} title={`${page.asks} (g ${page.letter})`}>
        <page.icon size={18} stroke={1.6} aria-hidden />
        {page.label}
      </Go>
    </li>
  )
}
