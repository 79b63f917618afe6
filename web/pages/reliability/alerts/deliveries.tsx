import { shortName } from '../../../app/go.tsx'
import { Deliveries } from '../../../parts/deliveries.tsx'
import classes from './alerts.module.css'
import type { Alert } from './asks.ts'

/** Who was told of an alert, or why nobody was. */
export function Told({ alert: { deliveries, silence, unreachable, state } }: { alert: Alert }) {
  if (deliveries.length > 0) return <Deliveries deliveries={deliveries} />
  return (
    <p className={classes.told}>
      {silence !== null
        ? `Silenced (${silence}): nobody is told until the silence ends.`
        : unreachable.length > 0
          ? `Told to nobody: it is not known how ${unreachable.map(shortName).join(', ')} is reached. Set it below.`
          : state === 'pending'
            ? 'Told to nobody yet.'
            : 'Told to nobody: nobody is named under “Who is told”.'}
    </p>
  )
}
