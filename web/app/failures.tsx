import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Navigate, useRouter } from '@tanstack/react-router'
import { ApiProblem } from '../api/index.ts'
import { ErrorState } from '../ui/feedback/index.ts'
import { Button, buttonClass } from '../ui/form/index.ts'
import { Page } from '../ui/page/index.ts'
import { Go } from './go.tsx'
import { urls } from './urls.ts'

export interface Explained {
  what: string
  why: string
  fix: string | undefined
}

/** Any failure as people read it: what did not work, why, what to do. The only place that does this. */
export function explain(error: unknown): Explained {
  if (!(error instanceof ApiProblem))
    return {
      what: 'This page broke',
      why: error instanceof Error ? error.message : String(error),
      fix: 'Reload the page. If it breaks again, it is our mistake: please report it with the address.',
    }
  if (error.status === 0)
    return { what: 'The server does not answer', why: 'It may have been stopped, or the connection is gone.', fix: error.fix }
  if (error.status === 403)
    return {
      what: 'You may not do this',
      why: error.message,
      fix: error.fix ?? 'Ask whoever runs this installation for a token that allows it.',
    }
  if (error.status === 404)
    return { what: 'Not here', why: error.message, fix: error.fix ?? 'Check the address, or look for it with the search above.' }
  if (error.status === 409)
    return {
      what: 'Somebody else changed it meanwhile',
      why: error.message,
      fix: error.fix ?? 'Open the present version beside yours and save again.',
    }
  if (error.status === 503)
    return { what: 'The server is still starting', why: error.message, fix: error.fix ?? 'It will answer in a moment.' }
  if (error.status >= 500)
    return { what: 'The server made a mistake', why: error.message, fix: error.fix ?? 'Try again; its log says more.' }
  return { what: 'The server refused this', why: error.message, fix: error.fix }
}

/** The face of a page whose answer did not come. */
export function FailurePage({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter()
  // Answers a page asked for after its loader stay failed until this is called.
  const { reset: askAgain } = useQueryErrorResetBoundary()
  if (error instanceof ApiProblem && error.status === 401) {
    return <Navigate to={urls.signIn()} search={{ back: router.state.location.href }} replace />
  }
  const { what, why, fix } = explain(error)
  const again = () => {
    askAgain()
    reset?.()
    void router.invalidate()
  }
  return (
    <Page title={what} asks="Something stood in the way of this page's answer.">
      <ErrorState what={what} why={why} fix={fix} action={<Button onClick={again}>Try again</Button>} />
    </Page>
  )
}

/** No page has this address. */
export function NotFoundPage() {
  return (
    <Page title="Nothing lives here" asks="No page has this address.">
      <ErrorState
        what="The address leads nowhere"
        why="The thing may have been removed or renamed, or the link is incomplete."
        fix="Search for it with the field above, or start from the first page."
        action={
          <Go to={urls.monday()} className={buttonClass}>
            Go to Monday
          </Go>
        }
      />
    </Page>
  )
}
