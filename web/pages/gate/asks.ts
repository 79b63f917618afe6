import { type Answer, ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf } from '../../app/search.ts'
import { freezesAsk } from '../../parts/freezes.tsx'

export type Share = Answer<'gate.share'>
export type GateAnswer = Answer<'gate.look'>
export type Kept = Answer<'gate.history'>['answers'][number]
export type Override = Answer<'gate.overrides'>['overrides'][number]
export type Trial = Answer<'gate.try'>

export const TABS = ['passed', 'answers', 'policy'] as const

export const shareAsk = (search: Search) => ask('gate.share', momentOf(search))
export const overridesAsk = (search: Search) => ask('gate.overrides', momentOf(search))
export const policiesAsk = (search: Search) => ask('gate.policies', momentOf(search))

export type BudgetState = Answer<'gate.budgets'>['states'][number]
export const budgetsAsk = (search: Search) => ask('gate.budgets', momentOf(search))
export const serviceAsk = (search: Search, service: string) => ask('gate.budgets', { ...momentOf(search), service })

const VERDICTS = ['go', 'hold', 'could_not'] as const
export const historyAsk = (search: Search) => {
  const { scope, asOf } = momentOf(search)
  const verdict = VERDICTS.find((one) => one === search.verdict)
  return ask('gate.history', {
    ...(scope ? { scope } : {}),
    ...(asOf ? { before: asOf } : {}),
    ...(verdict ? { verdict } : {}),
    limit: 200,
  })
}

/** The component asked about, in the namespace looked at unless it says another. */
export function componentIn(search: Search): string | undefined {
  const name = search.component?.trim()
  if (!name) return undefined
  return name.includes('/') || name.includes(':') ? name : `${standpointOf(search).scope ?? 'default'}/${name}`
}
export const lookAsk = (search: Search, component: string) => {
  const { asOf } = momentOf(search)
  return ask('gate.look', { component, ...(asOf ? { asOf } : {}) })
}

export const gateAsks = (search: Search) => [
  shareAsk(search),
  overridesAsk(search),
  ...(search.tab === 'answers' ? [historyAsk(search)] : []),
  ...(search.tab === 'policy' ? [policiesAsk(search), budgetsAsk(search), freezesAsk(search)] : []),
]
