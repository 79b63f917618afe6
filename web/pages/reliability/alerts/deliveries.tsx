import { useAct } from '../../../app/act.ts'
import { shortName } from '../../../app/go.tsx'
import { Button } from '../../../ui/form/index.ts'
import { When } from '../../../ui/text/index.ts'
import classes from './alerts.module.css'
import type { Alert } from './asks.ts'

const SHOWN = 4

/** Who was told, how that went, and what to do where it did not. */
export function Told({ alert: { deliveries, silence, unreachable, state } }: { alert: Alert }) {
  const { act, busy } = useAct()
  const again = (id: string) => act('burn.deliver_again', { id }, () => ({ text: 'It is sent again.' }))
  if (deliveries.length === 0)
    return (
      <p className={classes.told}>
        {silence !== null
          ? `Silenced (${silence}): nobody is told until the silence ends.`
          : unreachable.length > 0
            ? `Told to nobody: it is not known how ${unreachable.map(shortName).join(', ')} is reached. Set it below.`
            : state === 'pending'
              ? 'Told to nobody yet.'
              : 'Told to nobody: no target is set.'}
      </p>
    )
  return (
    <ul className={classes.told}>
      {deliveries.slice(0, SHOWN).map(({ id, target, state: how, attempts, sentAt, dueAt, error }) => (
        <li key={id}>
          {how === 'sent' && sentAt && (
            <>
              ✓ {shortName(target)} was told, <When at={sentAt} clock />
            </>
          )}
          {how === 'waiting' && (
            <>
              … {shortName(target)} is told{attempts > 0 && ` again (${attempts} tried)`}, <When at={dueAt} clock />
              {error && `: ${error.message}`}
            </>
          )}
          {how === 'dead' && (
            <>
              ✗ {shortName(target)} was not reached: {error?.message} {error?.fix}{' '}
              <Button look="quiet" busy={busy} onClick={() => void again(id)}>
                Try again
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
