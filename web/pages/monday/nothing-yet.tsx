import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ask } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { Changed } from './changed.tsx'
import classes from './monday.module.css'

/** The first minute: two steps of one's own, or a look at a company that has taken them. */
export function NothingYet({ scope }: { scope: string | undefined }) {
  const { act, busy } = useAct()
  const navigate = useNavigate()
  const loaded = useQuery(ask('entity.list', { namespace: 'example', limit: 1 })).data?.entities.length === 1
  const load = async () => {
    const done = await act('example.load', {}, ({ records }) => ({
      text: `The example company is here: ${formatCount(records)} records of a year.`,
    }))
    if (done) void navigate({ to: urls.monday(), search: { scope: 'example' } })
  }
  const example = (
    <EmptyState
      title="Look at an example first"
      why="A mid-size firm with a vision, decisions and a year of records. It lives apart from your own data and goes without a trace."
      action={
        loaded ? (
          <Go to={urls.monday()} search={{ scope: 'example' }} className={buttonClass}>
            Open the example company
          </Go>
        ) : (
          <Button look={scope === 'example' ? 'primary' : 'plain'} busy={busy} onClick={() => void load()}>
            {busy ? 'Loading, about ten seconds' : 'Load the example company'}
          </Button>
        )
      }
      {...(loaded ? {} : { command: 'throughline example load' })}
    />
  )
  return (
    <Page
      title="Monday"
      asks="Are we on course, and what should we decide?"
      answer={<p>Nothing is known here yet, so nothing is claimed.</p>}
    >
      <Changed />
      <div className={classes.firstSteps}>
        {scope !== 'example' && (
          <>
            <EmptyState
              title="1. What happens"
              why="Read a git repository: commits, merges and version tags become the first true brief in under a minute."
              command="throughline scan path/to/repository"
            />
            <EmptyState
              title="2. What you intend"
              why="Write one page: where you want to be, three to five outcomes, three to seven principles."
              action={
                <Go to={urls.visionDraft()} className={buttonClass} data-look="primary">
                  Write the vision
                </Go>
              }
              command="throughline apply throughline/"
            />
          </>
        )}
        {example}
      </div>
    </Page>
  )
}
