import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { outcomesListAsk, visionsAsk } from './asks.ts'
import { Traced } from './traced.tsx'

export default function ThroughlinePage() {
  const { search } = useAddress()
  return search.from ? <Traced key={search.from} starts={[search.from]} from={search.from} /> : <FromIntent />
}

/** Nothing named: everything below the vision, or below the outcomes where nobody has written one. */
function FromIntent() {
  const { search } = useAddress()
  const visions = useLoaded(visionsAsk(search)).entities
  const outcomes = useLoaded(outcomesListAsk(search)).entities
  // A trace goes both ways: from the outcomes it reaches the vision too.
  const starts = (outcomes.length > 0 ? outcomes : visions).map((entity) => entity.ref)
  if (starts.length === 0) {
    return (
      <Page title="Throughline" asks="Which work moves which outcome, and which moves none?">
        <EmptyState
          title="The path from outcomes down to commits would be here"
          why="It needs at least one outcome to begin with. Work is then found by trailers such as Serves:, by references in titles, by decisions and by component."
          action={
            <Go to={urls.outcomeNew()} className={buttonClass}>
              Write an outcome
            </Go>
          }
          command="throughline apply throughline/"
        />
      </Page>
    )
  }
  return <Traced starts={starts} />
}
