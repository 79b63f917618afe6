import type { ReactNode } from 'react'
import { formatCount } from '../ui/figure/index.ts'
import { useAddress } from './address.ts'
import { Go } from './go.tsx'
import classes from './page-tabs.module.css'

export interface PageTab {
  key: string
  label: ReactNode
  /** How many wait there; nothing is shown for zero. */
  count?: number
}

/** Views of one page, kept in the address as `?<name>=`: links and not buttons, so that they can be shared and opened beside. */
export function PageTabs({ label, tabs, to, name = 'tab' }: { label: string; tabs: readonly PageTab[]; to: string; name?: string }) {
  const { search } = useAddress()
  const first = tabs[0]?.key
  const current = tabs.some((tab) => tab.key === search[name]) ? search[name] : first
  return (
    <nav className={classes.tabs} aria-label={label} data-screen-only>
      <ul className={classes.list}>
        {tabs.map((tab) => (
          <li key={tab.key}>
            <Go
              to={to}
              search={{ [name]: tab.key === first ? undefined : tab.key }}
              aria-current={tab.key === current ? 'page' : undefined}
            >
              {tab.label}
              {tab.count ? <span className={classes.count}>{formatCount(tab.count)}</span> : null}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  )
}
