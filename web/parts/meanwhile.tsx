import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ask } from '../api/index.ts'
import { useAddress } from '../app/address.ts'
import { explain } from '../app/failures.tsx'
import { momentOf, subjectOf } from '../app/search.ts'
import { bucketOf } from '../app/window.ts'
import type { EventMark } from '../ui/chart/index.ts'
import { eventMarks, Happened } from './happened.tsx'

/**
 * What else happened in the span of a chart: marks for under it, and the list that names them. They come after the chart,
 * which does not wait for them.
 * @param subject whose; what the page is about when left out
 */
export function useMeanwhile(
  points: readonly { from: string; to: string }[],
  subject?: string,
): { events: EventMark[]; meanwhile: ReactNode } {
  const { search } = useAddress()
  const [from, to] = [points[0]?.from ?? '', points.at(-1)?.to ?? '']
  const { asOf } = momentOf(search)
  const asked = ask('annotations', {
    subject: subject ?? subjectOf(search),
    from,
    to,
    bucket: bucketOf({ from, to }),
    ...(asOf ? { asOf } : {}),
  })
  const { data, error } = useQuery({ ...asked, enabled: from < to })
  if (error) return { events: [], meanwhile: <p className="quiet small">What else happened is unknown: {explain(error).why}</p> }
  const annotations = data?.annotations ?? []
  return { events: eventMarks(annotations, points), meanwhile: <Happened annotations={annotations} /> }
}
