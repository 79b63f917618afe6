import { IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { closeSession } from '../../api/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Pop } from '../../ui/overlay/index.ts'
import { shortName } from '../go.tsx'
import { forgetCaller, useSession } from '../session.ts'
import { urls } from '../urls.ts'
import classes from './header.module.css'

/** Whom this browser acts for, and the way out; nothing where nobody has to sign in. */
export function Person() {
  const session = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  if (!session?.guarded || !session.person) return null
  const leave = async () => {
    await closeSession()
    await navigate({ to: urls.signIn(), search: {} })
    await forgetCaller(client)
  }
  return (
    <Pop
      button={
        <>
          <IconUser size={20} aria-hidden />
          <span className="visually-hidden">You act as {shortName(session.person)}</span>
        </>
      }
      buttonClass={classes.tool}
      buttonTitle={`You act as ${shortName(session.person)}`}
    >
      <div className={classes.person}>
        <p>
          You act as <b>{shortName(session.person)}</b>.
        </p>
        <p className="quiet small">{session.scopes.map((scope) => MAY[scope] ?? scope).join(' ')}</p>
        <Button onClick={() => void leave()}>Sign out</Button>
      </div>
    </Pop>
  )
}

const MAY: Record<string, string> = {
  admin: 'You may do everything, tokens included.',
  read: 'You may read everything.',
  write: 'You may read and change.',
  'evidence:write': 'You may send records.',
  gate: 'You may ask the gate.',
}
