import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useScheme } from '../scheme.ts'
import classes from './header.module.css'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const
const ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const

/** Light, dark, or as the system says. */
export function SchemeSwitch() {
  const [scheme, choose] = useScheme()
  const Icon = ICONS[scheme]
  const next = NEXT[scheme]
  return (
    <button
      type="button"
      className={`${classes.tool} ${classes.wideTool}`}
      title={`Colours: ${WORDS[scheme]}. Press for ${WORDS[next]}.`}
      onClick={() => choose(next)}
    >
      <Icon size={20} aria-hidden />
      <span className="visually-hidden">
        Colours: {WORDS[scheme]}; change to {WORDS[next]}
      </span>
    </button>
  )
}
