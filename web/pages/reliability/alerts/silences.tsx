import { useAct } from '../../../app/act.ts'
import { shortName } from '../../../app/go.tsx'
import { Button } from '../../../ui/form/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { When } from '../../../ui/text/index.ts'
import classes from './alerts.module.css'
import type { Inbox, Silence } from './asks.ts'

/** Silences that hold, then those of the last week. */
export function Silences({ inbox: { silences } }: { inbox: Inbox }) {
  if (silences.length === 0) return null
  return (
    <Section title="Silences" note="what is silenced is looked at and shown all the same">
      <ul className={classes.list}>
        {silences.map((silence) => (
          <One key={silence.id} silence={silence} />
        ))}
      </ul>
    </Section>
  )
}

function One({ silence: { id, service, slo, severity, reason, by, until, endedAt, holds } }: { silence: Silence }) {
  const { act, busy } = useAct()
  const end = () =>
    act('burn.silence_end', { id, ended: true }, () => ({
      text: 'The silence is over: what fires is told.',
      undo: () => void act('burn.silence_end', { id, ended: false }, () => ({ text: 'It is silent again.' })),
    }))
  const what = [slo ?? service, severity].filter((one) => one !== null).map(shortName)
  return (
    <li>
      <b>{what.join(', ') || 'Everything'}</b> {holds ? 'until ' : 'was silent until '}
      <When at={endedAt ?? until} clock />: {reason} <span className="quiet">({shortName(by)})</span>{' '}
      {holds && (
        <Button look="quiet" busy={busy} onClick={() => void end()}>
          End it
        </Button>
      )}
    </li>
  )
}
