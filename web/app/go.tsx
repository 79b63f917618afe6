import { Link } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode } from 'react'
import { placeOf } from './urls.ts'

interface GoProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** From `urls`. */
  to: string
  /** What of the target's state differs from its default; scope and as-of come along by themselves. */
  search?: Record<string, string | undefined>
  /** False where the page stays and only a panel opens. */
  resetScroll?: boolean
  children: ReactNode
}

/** A link is "here" only when nothing in the address differs; tabs of one page differ in one word of it. */
const EXACTLY = { exact: true, includeSearch: true, explicitUndefined: true }

/** A link inside the app. */
export function Go({ to, search, children, ...rest }: GoProps) {
  return (
    <Link to={to} search={search ?? {}} activeOptions={EXACTLY} {...rest}>
      {children}
    </Link>
  )
}

/** A link to whatever a reference or record id names. */
export function GoTo({ id, children, ...rest }: Omit<GoProps, 'to' | 'children'> & { id: string; children?: ReactNode }) {
  return (
    <Go to={placeOf(id)} title={id} {...rest}>
      {children ?? nameOf(id)}
    </Go>
  )
}

/** Things people name in words: their names are read as words. */
const WORDED = /^(?:vision|outcome|principle|decision|exception):/

/** The id of a measure: `delivery.change_lead_time`. */
const MEASURE = /^[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+$/i

function nameOf(id: string): string {
  const name = shortName(id)
  const measure = MEASURE.test(name) && (name === id || id.startsWith('measure:'))
  if (!WORDED.test(id) && !measure) return name
  const words = (measure ? name.slice(name.lastIndexOf('.') + 1) : name).replaceAll(/[-_]/g, ' ')
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
}

/** What a thing is called: its title, or the readable end of its name where nobody gave it one. */
export function titled(id: string, title: string): string {
  return title === '' || id.startsWith(title) ? shortName(id) : title
}

/** The subject at the end of a record's id. */
const WHOSE = /@[a-z][a-z0-9_-]*:[a-z0-9-]+\/[a-z0-9._-]+$/i

/** The readable end of a reference or record id: `component:default/checkout` → checkout, `commit:git/8f2c…` → 8f2c1ab. */
export function shortName(id: string): string {
  const name = id.slice(id.indexOf('/') + 1).replace(WHOSE, '')
  return /^[0-9a-f]{40}$/i.test(name) ? name.slice(0, 7) : name || id
}
