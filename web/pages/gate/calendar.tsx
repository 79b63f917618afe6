import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Freezes, freezesAsk } from '../../parts/freezes.tsx'
import { Section } from '../../ui/page/index.ts'

/** Spans in which nothing is released: those that hold, those to come, those of the last month. */
export function Calendar() {
  const { search } = useAddress()
  const { freezes } = useLoaded(freezesAsk(search))
  return (
    <Section title="Freeze calendar" note="what holds now, what comes, what was over in the last month">
      {freezes.length === 0 ? (
        <p className="quiet">
          No freeze holds, and none is to come. <Go to={urls.ship()}>Freeze releases</Go> on "May we ship?", or with a rule of a policy.
        </p>
      ) : (
        <Freezes freezes={freezes} />
      )}
    </Section>
  )
}
