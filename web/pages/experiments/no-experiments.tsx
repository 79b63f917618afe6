import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Copyable } from '../../ui/text/index.ts'
import classes from './experiments.module.css'

const EXAMPLE = `apiVersion: throughline.dev/v1
kind: Experiment
metadata: { name: one-page-booking, title: Book on one page }
spec:
  hypothesis: Booking on one page takes less time than on three.
  measure: booking.seconds
  expect: lower
  arms:
    control: { where: { page: three } }
    treatment: { where: { page: one } }
  start: 2030-05-01
  stop: { effect: 3, end: 2030-05-31 }
  guardrails: [{ measure: booking.errors, atMost: 0.02 }]`

/** Nothing is tried yet: what would be here, and the document to begin with. */
export function NoExperiments() {
  return (
    <Page title="Experiments" asks="Did what we tried do what we hoped, or does it only look so?">
      <EmptyState
        title="What you try would be listed here, with what it came to"
        why="An experiment states before it starts what is expected, what must not get worse and when it may be stopped. Then everybody may look at it every day without fooling themselves."
        command="throughline apply throughline"
        action={
          <Go to={urls.experimentNew()} className={buttonClass}>
            New experiment
          </Go>
        }
      />
      <Section title="The document to begin with" note="a file in the folder that is applied; change every line of it">
        <div className={classes.document}>
          <Copyable label="the document">{EXAMPLE}</Copyable>
        </div>
      </Section>
    </Page>
  )
}
