import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAddress } from '../../app/address.ts'
import { type Investment, type Listed, type Portfolio, portfolioAsk } from './asks.ts'
import { isOpen } from './words.ts'

/** How often it is looked how far the draws are. */
const LOOK_MS = 700
/** A slider at rest for so long has been moved to where it is meant to be. */
const REST_MS = 120

export interface Limits {
  peopleWeeks: number
  money: number
  floor: string
}

/** What all that is open takes: where the sliders end. */
export function mostOf(investments: readonly Investment[]): { peopleWeeks: number; money: number; currency: string | null } {
  const costs = investments.filter(isOpen).flatMap(({ cost }) => cost ?? [])
  return {
    peopleWeeks: Math.ceil(costs.reduce((sum, cost) => sum + cost.peopleWeeks, 0)),
    money: Math.ceil(costs.reduce((sum, { money }) => sum + (money?.amount ?? 0), 0)),
    currency: costs.find(({ money }) => money)?.money?.currency ?? null,
  }
}

/** Limits as the address states them, else half of the people-weeks and all of the money. */
export function useLimits(investments: readonly Investment[]): { limits: Limits; set: (part: Partial<Limits>) => void } {
  const { search, set } = useAddress()
  const most = mostOf(investments)
  const stated = (text: string | undefined, otherwise: number) => (text !== undefined && Number(text) >= 0 ? Number(text) : otherwise)
  const inAddress: Limits = {
    peopleWeeks: stated(search.weeks, Math.round(most.peopleWeeks / 2)),
    money: stated(search.money, most.money),
    floor: search.floor ?? '',
  }
  const [moving, setMoving] = useState<Partial<Limits>>({})
  useEffect(() => {
    if (Object.keys(moving).length === 0) return
    const timer = setTimeout(() => {
      set({
        ...(moving.peopleWeeks === undefined ? {} : { weeks: moving.peopleWeeks }),
        ...(moving.money === undefined ? {} : { money: moving.money }),
        ...(moving.floor === undefined ? {} : { floor: moving.floor || undefined }),
      })
      setMoving({})
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [moving, set])
  return { limits: { ...inAddress, ...moving }, set: (part) => setMoving((before) => ({ ...before, ...part })) }
}

/** The choice within limits, the last one kept while the next is on its way; asked again until every draw is made. */
export function usePortfolio(listed: Listed, limits: Limits): { portfolio: Portfolio | undefined; error: Error | null; stale: boolean } {
  const { data, error, isPlaceholderData } = useQuery({
    ...portfolioAsk(listed, limits),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && state.data.resamples.done < state.data.resamples.asked ? LOOK_MS : false),
  })
  return { portfolio: data, error, stale: isPlaceholderData }
}
