import { useQuery } from '@tanstack/react-query'
import { GoTo } from '../../app/go.tsx'
import { kindWords } from '../../parts/kinds.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { When } from '../../ui/text/index.ts'
import { connectionAsk } from './asks.ts'
import classes from './sources.module.css'
import type { Connection } from './state.ts'

const LOOK_EVERY_MS = 2_000

/** Waits for a delivery, or for what is read by ourselves, and shows what it was read as. */
export function FirstDelivery({ id, pushes }: { id: string; pushes: boolean }) {
  const { data } = useQuery({ ...connectionAsk(id), refetchInterval: LOOK_EVERY_MS })
  return (
    <div role="status" className={classes.waiting}>
      {data?.lastEvent ? <Told event={data.lastEvent} /> : <Waiting refusal={data?.lastRefusal ?? null} pushes={pushes} />}
    </div>
  )
}

function Waiting({ refusal, pushes }: { refusal: Connection['lastRefusal']; pushes: boolean }) {
  return (
    <>
      <p>
        <span className={classes.pulse} aria-hidden /> Waiting for the first {pushes ? 'event' : 'values'} …
      </p>
      {refusal && (
        <p className={classes.trouble}>
          Something came and was turned away: {refusal.message} <When at={refusal.at} clock />
        </p>
      )}
    </>
  )
}

/** One delivery as it was read. */
export function Told({ event }: { event: NonNullable<Connection['lastEvent']> }) {
  return (
    <>
      <p>
        <b>{event.event}</b>, <When at={event.at} clock />.{' '}
        {event.ignored ?? (event.read > 0 ? `Read as ${plural(event.read, 'record')}.` : 'It could not be read:')}
      </p>
      {event.records.length > 0 && (
        <ul>
          {event.records.map((record) => (
            <li key={record.id}>
              {kindWords(record.kind)} <GoTo id={`${record.id}@${record.subject}`}>{record.title ?? record.id}</GoTo> of{' '}
              <GoTo id={record.subject} />
            </li>
          ))}
          {event.read > event.records.length && <li className="quiet">and {formatCount(event.read - event.records.length)} more</li>}
        </ul>
      )}
      {event.problems.map((problem) => (
        <p key={problem.message} className={classes.trouble}>
          {problem.message}. {problem.fix}
        </p>
      ))}
    </>
  )
}
