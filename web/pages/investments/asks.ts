import { type Answer, ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf } from '../../app/search.ts'
import { longerWindow } from '../../app/window.ts'

export type Listed = Answer<'investment.list'>
export type Investment = Listed['investments'][number]
export type Portfolio = Answer<'portfolio'>
export type Told = Answer<'investment.read'>

/** Draws with every input off by up to a half. */
const RESAMPLES = 500
/** Days of work the plan is held against: a quarter. */
const WORK_DAYS = 91

const scoped = (search: Search) => {
  const { asOf } = momentOf(search)
  return { scope: standpointOf(search).scope ?? 'default', ...(asOf ? { asOf } : {}) }
}

export const investmentsAsk = (search: Search) => ask('investment.list', scoped(search))
export const investmentsAsks = (search: Search) => [investmentsAsk(search)]

/** What is chosen within limits; about the moment of the list, so that every asking is about the same. */
export const portfolioAsk = (
  { scope, at, asOf }: Pick<Listed, 'scope' | 'at' | 'asOf'>,
  limits: { peopleWeeks: number; money: number; floor: string },
) => ask('portfolio', { scope, at, asOf, ...limits, resamples: RESAMPLES, wait: 'false' })

/** Where work really went. */
export const workAsk = (search: Search) =>
  ask('work.week', { namespace: standpointOf(search).scope ?? 'default', ...longerWindow(search, WORK_DAYS), records: 0 })

export const investmentAsk = (search: Search, names: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('investment.read', { ref: `investment:${names.namespace}/${names.name}`, ...(asOf ? { asOf } : {}) })
}
export const investmentAsks = (search: Search, names: Record<string, string>) => [investmentAsk(search, names)]
