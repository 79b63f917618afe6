import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Answer, type Ask, server } from '../../../api/index.ts'
import { explain } from '../../../app/failures.tsx'
import { formatCount, formatQuantity, plural } from '../../../ui/figure/index.ts'
import { When } from '../../../ui/text/index.ts'
import { serviceIn } from './service-ref.ts'
import classes from './slo-preview.module.css'
import { numberIn, type SloDraft } from './slo-draft.ts'

type Preview = Answer<'slo.preview'>
type Wish = Ask<'slo.preview'>

const METHODS: Record<string, NonNullable<Wish['method']>> = {
  Occurrences: 'occurrences',
  Timeslices: 'timeslices',
  RatioTimeslices: 'ratio_timeslices',
}
/** Typing pauses this long before the past is asked. */
const PAUSE_MS = 400
const SHOWN = 8

/** The promise that is being written, tried on the past. */
export function SloPreview({ draft, namespace, fixed }: { draft: SloDraft; namespace: string; fixed: boolean }) {
  const wish = useSettled(JSON.stringify(fixed ? null : wishOf(draft, namespace)))
  const { data, error, isFetching } = useQuery({
    queryKey: ['slo.preview', wish],
    queryFn: () => server.call('slo.preview', JSON.parse(wish) as Wish),
    enabled: wish !== 'null',
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <section aria-label="Tried on the past" aria-busy={isFetching}>
      <h2 className={classes.title}>Tried on the past</h2>
      {wish === 'null' ? (
        <p className="quiet">
          {fixed
            ? 'Its numbers are asked of another system, so it cannot be tried here.'
            : 'Name a service, what is good and a target to see what the promise would have meant.'}
        </p>
      ) : error ? (
        <p role="alert">{explain(error).why}</p>
      ) : data ? (
        <Told preview={data} />
      ) : (
        <p className="quiet">Looking back …</p>
      )}
    </section>
  )
}

function Told({ preview }: { preview: Preview }) {
  const { kept, n, minutes, fired, counts, unreachable, oneFailureBelow, budgetRemaining, countedMs } = preview
  const span = plural(Math.round(minutes.of / (24 * 60)), 'day')
  const days = byDay(fired)
  if (kept === null)
    return (
      <p>
        Nothing can be said: {minutes.said === 0 ? `nothing came of it in ${span}` : `too little came of it in ${span}`}. Let the service
        send its telemetry, send samples of kind sli under this name, or choose something else.
      </p>
    )
  const alerts = Object.entries(counts)
  return (
    <>
      <p>
        {formatQuantity(kept, 'ratio')} kept in the last {span}; alerts would have fired{' '}
        {alerts.length === 0 ? 'never' : alerts.map(([severity, count]) => `${plural(count, 'time')} (${severity})`).join(', ')}.
      </p>
      <ul className={classes.told}>
        {budgetRemaining !== null && <li>{leftWords(budgetRemaining)}</li>}
        <li>
          n = {formatCount(Math.round(n))} events, in {formatQuantity(minutes.said / minutes.of, 'ratio')} of the minutes.
        </li>
        {countedMs !== null && <li>Counted up to {Number(countedMs.toPrecision(3))} ms, the nearest end of a bucket.</li>}
        {oneFailureBelow !== null && (
          <li>Below {formatCount(oneFailureBelow)} events an hour, a single failure fires the fastest alert.</li>
        )}
        {unreachable.map(({ severity, burn }) => (
          <li key={`${severity} ${burn}`}>
            The alert “{severity}” at a burn of {burn} can never fire at this target.
          </li>
        ))}
      </ul>
      {fired.length > 0 && (
        <ol aria-label="When alerts would have fired" className={classes.told}>
          {days.slice(0, SHOWN).map(({ day, severity, count, most }) => (
            <li key={`${severity} ${day}`}>
              <When at={day} />: {severity}
              {count > 1 && `, ${plural(count, 'time')}`}, burning up to {Number(most.toPrecision(2))} times as fast as the budget allows
            </li>
          ))}
        </ol>
      )}
      {days.length > SHOWN && (
        <p className="quiet small">
          The latest {SHOWN} of {plural(days.length, 'day')} with alerts.
        </p>
      )}
    </>
  )
}

function leftWords(remaining: number): string {
  if (remaining < 0) return `The budget would be overspent by ${formatQuantity(-remaining, 'ratio')} now.`
  return `${formatQuantity(remaining, 'ratio')} of the budget would be left now.`
}

/** Alerts of a day and severity together, the latest first. */
function byDay(fired: Preview['fired']): { day: string; severity: string; count: number; most: number }[] {
  const groups = Map.groupBy(fired, ({ from, severity }) => `${from.slice(0, 10)} ${severity}`)
  return [...groups.values()]
    .map((some) => ({
      day: some[0]!.from.slice(0, 10),
      severity: some[0]!.severity,
      count: some.length,
      most: Math.max(...some.map(({ most }) => most)),
    }))
    .toSorted((a, b) => (a.day < b.day ? 1 : -1))
}

function wishOf(draft: SloDraft, namespace: string): Wish | null {
  const service = serviceIn(namespace, draft.service)
  const [percent, slice] = [numberIn(draft.targets[0]?.percent ?? ''), numberIn(draft.sliceTarget)]
  const counted = countedOf(draft)
  if (service === null || counted === null || percent === undefined || percent >= 100) return null
  const sliced = draft.method !== 'Occurrences'
  return {
    service,
    ...counted,
    target: percent / 100,
    method: METHODS[draft.method]!,
    window: draft.duration.trim(),
    ...(draft.windowKind === 'calendar' ? { calendar: { startTime: draft.start.trim(), timeZone: draft.zone.trim() } } : {}),
    ...(sliced ? { slice: draft.sliceWindow.trim(), ...(slice === undefined ? {} : { sliceTarget: slice / 100 }) } : {}),
    ...(/^\d+$/.test(draft.leastEvents.trim()) ? { leastEvents: Number(draft.leastEvents) } : {}),
    silence: draft.silence as NonNullable<Wish['silence']>,
  }
}

/** What counts; null while that is not said whole. */
function countedOf({ source, indicator, operation, withinMs }: SloDraft): Pick<Wish, 'indicator' | 'calls'> | null {
  if (source === 'sent') return indicator.trim() === '' ? null : { indicator: indicator.trim() }
  const which = operation.trim() === '' ? {} : { operation: operation.trim() }
  if (source === 'answered') return { calls: which }
  const limit = numberIn(withinMs)
  return limit === undefined || limit === 0 ? null : { calls: { ...which, withinMs: limit } }
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
