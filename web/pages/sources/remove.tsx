import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '../../app/act.ts'
import { urls } from '../../app/urls.ts'
import { Button } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import classes from './sources.module.css'
import type { Connection } from './state.ts'

/** Asks before a connection is forgotten: its address and secrets cannot be had back. */
export function Remove({ connection: { id, name, title } }: { connection: Pick<Connection, 'id' | 'name' | 'title'> }) {
  const { act, busy } = useAct()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const remove = async () => {
    await navigate({ to: urls.sources(), search: {} })
    await act('connection.remove', { id }, () => ({ text: `${name} is removed. What it brought stays.` }))
  }
  return (
    <>
      <Button look="quiet" onClick={() => setAsked(true)}>
        Remove
      </Button>
      {asked && (
        <Dialog title={`Remove ${name}?`} onClose={() => setAsked(false)}>
          <p>
            Its address, secrets, settings and counts by day are forgotten, which cannot be undone: {title} is turned away from then on.
            What it brought stays, and can be taken back under Evidence, Imports.
          </p>
          <p className={classes.buttons}>
            <Button onClick={() => setAsked(false)}>Keep it</Button>
            <Button look="danger" busy={busy} onClick={() => void remove()}>
              Remove it
            </Button>
          </p>
        </Dialog>
      )}
    </>
  )
}
