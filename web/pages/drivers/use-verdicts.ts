import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAddress } from '../../app/address.ts'
import { type Driver, driversAsk, type Tree, type TreeEdge } from './asks.ts'

export interface Verdicts {
  /** By `edgeKey`; undefined while it is tested. */
  of: (edge: TreeEdge) => Driver | undefined
  waiting: number
  /** Measures whose drivers could not be tested, with the reason. */
  failures: { measure: string; error: unknown }[]
  /** Measures left untested because they are so many. */
  left: number
}

/** Tested at once; a person looks at no more, and each costs the server a year of two series. */
const AT_ONCE = 24

export function edgeKey({ upper, lower }: Pick<TreeEdge, 'upper' | 'lower'>): string {
  return `${upper} ${lower}`
}

/** The verdict on every driver of the tree, as they arrive. */
export function useVerdicts({ edges }: Tree, all: boolean): Verdicts {
  const { search } = useAddress()
  const driven = useMemo(() => [...new Set(edges.filter(({ kind }) => kind === 'driver').map(({ upper }) => upper))], [edges])
  const asked = all ? driven : driven.slice(0, AT_ONCE)
  const answers = useQueries({ queries: asked.map((measure) => driversAsk(search, measure)) })
  const arrived = answers.map((answer) => answer.data)
  const stamp = answers.map((answer) => answer.dataUpdatedAt).join(' ')
  // oxlint-disable-next-line react/exhaustive-deps -- `arrived` changes exactly when `stamp` does
  const found = useMemo(() => new Map(arrived.flatMap((data) => (data ? entriesOf(data) : []))), [stamp])
  return {
    of: (edge) => found.get(edgeKey(edge)),
    waiting: answers.filter((answer) => answer.isPending && answer.fetchStatus !== 'idle').length,
    failures: answers.flatMap(({ error }, index) => (error ? [{ measure: asked[index]!, error: error as unknown }] : [])),
    left: driven.length - asked.length,
  }
}

function entriesOf({ measure, drivers }: { measure: string; drivers: Driver[] }): [string, Driver][] {
  return drivers.map((driver) => [edgeKey({ upper: measure, lower: driver.measure }), driver])
}
