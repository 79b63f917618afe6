import type { Answer } from '../../api/index.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { CopyCommand } from '../../ui/text/index.ts'
import classes from './business.module.css'

type Event = Answer<'business.overview'>['events'][number]

/** Nothing is asked yet: what brings events, or, where there are some, how a question about them is written. */
export function NothingAsked({ events }: { events: readonly Event[] }) {
  const [first, second] = events
  if (!first) {
    return (
      <EmptyState
        title="No product events yet"
        why="What people do in the product, sign-ups, bookings, payments, becomes activation, retention, funnels and revenue per user. Whoever did it is a pseudonym on arrival."
        command="throughline import events.ndjson"
        action={<Go to={urls.connect()}>Connect Segment</Go>}
      />
    )
  }
  return (
    <Section title="What happens, and nobody asks about" note="the most frequent product events of the span">
      <p className={classes.events}>
        {events.map(({ name, records }, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <b>{name}</b> {formatCount(records)}
          </span>
        ))}
      </p>
      <p className={classes.events}>
        Say which of them is a beginning and which shows value, in a file of your intent folder, and apply it:
      </p>
      <pre className={classes.yaml} tabIndex={0} aria-label="A measure of activation, as a file">
        {`apiVersion: throughline.dev/v1
kind: Measure
metadata: { name: business.activation, title: Activation }
spec:
  question: Do people get what they came for?
  unit: ratio
  better: higher
  source: { kind: activation, start: ${JSON.stringify(first.name)}, value: ${JSON.stringify(second?.name ?? 'the event that shows value')}, within: 7d }`}
      </pre>
      <CopyCommand>throughline apply throughline</CopyCommand>
    </Section>
  )
}
