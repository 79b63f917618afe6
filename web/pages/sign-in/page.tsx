import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { openSession, readSession } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { Go } from '../../app/go.tsx'
import { forgetCaller } from '../../app/session.ts'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { Button, buttonClass, TextField } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { CopyCommand } from '../../ui/text/index.ts'
import classes from './sign-in.module.css'

/** A token becomes a session cookie; the token itself is not kept in the browser. */
export default function SignInPage() {
  const { data: session } = useSuspenseQuery({ queryKey: ['session'], queryFn: readSession, staleTime: 0 })
  return session.guarded ? <TokenPage /> : <OpenPage />
}

/** Before the first token there is nothing to sign in to. */
function OpenPage() {
  return (
    <Page title="Sign in" asks="Nobody has to: no token was made here yet.">
      <EmptyState
        title="This installation is open to everybody at its machine"
        why="Once a token exists, people sign in with one. The first is made under Evidence, Access."
        action={
          <>
            <Go to={urls.monday()} className={buttonClass}>
              Go to Monday
            </Go>
            <Go to={urls.evidence()} search={{ tab: 'access' }} className={buttonClass}>
              Make the first token
            </Go>
          </>
        }
      />
    </Page>
  )
}

function TokenPage() {
  const { search } = useAddress()
  const router = useRouter()
  const client = useQueryClient()
  const [token, setToken] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setTrouble(undefined)
    try {
      await openSession(token.trim())
      await forgetCaller(client)
      router.history.push(localPath(search.back))
    } catch (error) {
      const { why, fix } = explain(error)
      setTrouble([why, fix].filter(Boolean).join(' '))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title="Sign in" asks="This installation is guarded: who are you?">
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label="Token"
          type="password"
          value={token}
          onChange={setToken}
          error={trouble}
          hint="Starts with tl_. It is exchanged for a session in this browser and not kept."
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="primary" busy={busy} disabled={token.trim() === ''}>
          Sign in
        </Button>
        <p className={classes.help}>No token? Whoever runs this installation makes one:</p>
        <CopyCommand>throughline token create --scope read</CopyCommand>
      </form>
    </Page>
  )
}

/** Where the reader wanted to go, as long as that is a place in this app. */
function localPath(back: string | undefined): string {
  return back && /^\/(?![/\\])/.test(back) ? back : '/'
}
