import { IconHelp, IconMenu2, IconX } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { Go } from '../go.tsx'
import { urls } from '../urls.ts'
import { AsOfControl } from './as-of.tsx'
import { Person } from './person.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import { ScopeSwitch } from './scope-switch.tsx'
import { SearchBox } from './search-box.tsx'
import classes from './header.module.css'

interface HeaderProps {
  search: RefObject<HTMLInputElement | null>
  menu: boolean
  onMenu: () => void
  onHelp: () => void
}

/** The mark, the search, and the standpoint: whose world, known when. */
export function Header({ search, menu, onMenu, onHelp }: HeaderProps) {
  return (
    <header className={classes.header} data-screen-only>
      <button
        type="button"
        className={`${classes.tool} ${classes.menuButton}`}
        aria-expanded={menu}
        aria-controls="navigation"
        onClick={onMenu}
      >
        {menu ? <IconX size={20} aria-hidden /> : <IconMenu2 size={20} aria-hidden />}
        <span className="visually-hidden">{menu ? 'Close the menu' : 'Open the menu'}</span>
      </button>
      <Go to={urls.monday()} className={classes.brand}>
        <img src="/mark.svg" alt="" width={24} height={24} />
        <span>Throughline</span>
      </Go>
      <SearchBox input={search} />
      <div className={classes.tools}>
        <ScopeSwitch />
        <AsOfControl />
        <Person />
        <SchemeSwitch />
        <button type="button" className={`${classes.tool} ${classes.wideTool}`} onClick={onHelp} title="Help and shortcuts (?)">
          <IconHelp size={20} aria-hidden />
          <span className="visually-hidden">Help and shortcuts</span>
        </button>
      </div>
    </header>
  )
}
