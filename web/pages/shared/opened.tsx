import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiProblem } from '../../api/index.ts'
import { explain } from '../../app/failures.tsx'
import { ErrorState, PageSkeleton } from '../../ui/feedback/index.ts'
import { Page } from '../../ui/page/index.ts'

/** The secret of a link. It stands behind the # of the address, which browsers send to no server and write in no log. */
export function useSecret(): string {
  return useLocation({ select: ({ hash }) => hash })
}

/** What a link opens: its page once it is read, why not when it opens nothing. */
export function Opened({ error, loaded, children }: { error: unknown; loaded: boolean; children: () => ReactNode }) {
  if (error) {
    const ended = error instanceof ApiProblem && (error.status === 410 || error.status === 404)
    const { what, why, fix } = explain(error)
    return (
      <Page title={ended ? 'This link opens nothing' : what} asks="Something stood in the way of what was shared.">
        <ErrorState what={ended ? 'The link has ended, was taken back, or is not whole' : what} why={why} fix={fix} />
      </Page>
    )
  }
  return loaded ? children() : <PageSkeleton />
}
