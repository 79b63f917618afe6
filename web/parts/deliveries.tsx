import { useAct } from '../app/act.ts'
import { shortName } from '../app/go.tsx'
import { Button } from '../ui/form/index.ts'
import { When } from '../ui/text/index.ts'
import classes from './parts.module.css'

/** A message to somebody, and how it went. */
export interface Delivery {
  id: string
  target: string
  state: 'waiting' | 'sent' | 'dead'
  attempts: number
  dueAt: string
  sentAt: string | null
  error: { message: string; fix?: string | undefined } | null
}

const SHOWN = 4

/** Who was told, how that went, and what to do where it did not. */
export function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { act, busy } = useAct()
  const again = (id: string) => act('burn.deliver_again', { id }, () => ({ text: 'It is sent again.' }))
  if (deliveries.length === 0) return null
  return (
    <ul className={classes.deliveries}>
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
