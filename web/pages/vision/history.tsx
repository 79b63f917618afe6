import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState, PageSkeleton } from '../../ui/feedback/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Versions } from '../catalogue/versions.tsx'
import { visionAsk } from './asks.ts'

/** How the vision came to say what it says: the page itself, its outcomes, its principles. */
export default function VisionHistoryPage() {
  const { search } = useAddress()
  const { vision, outcomes, principles } = useLoaded(visionAsk(search))
  const things = [...(vision ? [{ ref: vision.ref, title: vision.title }] : []), ...outcomes, ...principles]
  return (
    <Page title="Versions of the vision" asks="What did we change our minds about, and when?" above={<Go to={urls.vision()}>Vision</Go>}>
      {things.length === 0 && (
        <EmptyState title="No versions yet" why="Every change to the vision, its outcomes and principles is kept here with who made it." />
      )}
      {/* Together: one after the other they would push down what is being read. */}
      <Suspense fallback={<PageSkeleton />}>
        {things.map((thing) => (
          <Section key={thing.ref} title={thing.title}>
            <Versions reference={thing.ref} />
          </Section>
        ))}
      </Suspense>
    </Page>
  )
}
