import { useQuery } from '@tanstack/react-query'
import { ask, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EffectState, EffectTold } from '../../parts/effect/index.ts'
import { unbroken } from '../../ui/figure/index.ts'
import { EmptyState, ErrorState, Waiting } from '../../ui/feedback/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { effectAsk, measuresAsk } from './asks.ts'
import { EffectForm } from './effect-form.tsx'

/** What a change did to a measure since a day. What is asked stands in the address. */
export default function EffectPage() {
  const { search, set } = useAddress()
  const { measures } = useLoaded(measuresAsk(search))
  const asked = effectAsk(search)
  const found = useQuery({ ...(asked ?? ask('effect', { measure: '', at: '' })), enabled: asked !== null, retry: false })
  const told = asked ? found.data : undefined
  const refused = asked && found.error ? explain(found.error) : null
  const leaveOut = (control: string) =>
    set({ control: told?.controls.flatMap(({ ref }) => (ref === control ? [] : [ref])).join(',') }, { push: true })
  return (
    <Page
      title="What did a change do?"
      asks="What has changed since that day, and is it more than would have changed anyway?"
      above={<Go to={urls.measures()}>Measures</Go>}
      answer={
        told && (
          <p>
            <EffectState told={told} /> {unbroken(told.sentence)}
          </p>
        )
      }
    >
      <EffectForm key={JSON.stringify([search.measure, search.subject, search.at, search.control])} measures={measures} />
      {!asked && (
        <EmptyState
          title="Nothing is asked yet"
          why="Name a measure, whom the change was made to, and the day of it. It is then held against what was left untouched, and you read how far to trust the answer."
          command="throughline effect --measure delivery.change_lead_time --subject component:default/shop --at 2026-05-04"
        />
      )}
      {refused && <ErrorState what={refused.what} why={refused.why} fix={refused.fix} />}
      {asked && !told && !refused && <Waiting height="24rem" />}
      {told && (
        <Section title="How that is known">
          <EffectTold told={told} leaveOut={leaveOut} />
        </Section>
      )}
    </Page>
  )
}
