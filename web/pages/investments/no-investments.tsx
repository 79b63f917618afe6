import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Copyable } from '../../ui/text/index.ts'

const EXAMPLE = `apiVersion: throughline.dev/v1
kind: Investment
metadata: { name: fast-tests, title: Tests in a minute }
spec:
  statement: Tests of a change run in a minute, so that nobody waits for them.
  kind: improve
  serves: [faster]
  effects:
    - { measure: delivery.change_lead_time, quantile: p50, p10: -40%, p50: -25%, p90: -5%, by: 2030-03-31 }
  cost: { peopleWeeks: 12, money: { amount: 20000, currency: EUR } }`

/** Nothing is weighed yet: what would be here, and the document to begin with. */
export function NoInvestments() {
  return (
    <Page title="Investments" asks="What do we put people and money into next?">
      <EmptyState
        title="What could be done would be listed here, with what to choose of it"
        why="An investment states which outcome it serves, what it is expected to change and what it takes. Then the best choice within the people and money there are can be found, and later whether it was worth it."
        command="throughline apply throughline"
        action={
          <Go to={urls.investmentNew()} className={buttonClass}>
            New investment
          </Go>
        }
      />
      <Section title="The document to begin with" note="a file in the folder that is applied; change every line of it">
        <Copyable label="the document">{EXAMPLE}</Copyable>
      </Section>
    </Page>
  )
}
