import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { useLive } from '../../app/live.ts'
import { PageTabs } from '../../app/page-tabs.tsx'
import { urls } from '../../app/urls.ts'
import { plural, unbroken } from '../../ui/figure/index.ts'
import { Page } from '../../ui/page/index.ts'
import { Answers } from './answers.tsx'
import { overridesAsk, shareAsk, TABS } from './asks.ts'
import { Budgets } from './budgets.tsx'
import { Calendar } from './calendar.tsx'
import { Passed } from './passed.tsx'
import { Policy } from './policy.tsx'

const LABELS = { passed: 'Passed', answers: 'Answers', policy: 'Policy' } as const

/** The release gate: may we ship, how releases passed it, what it answered, by which rules. */
export default function GatePage() {
  const { search } = useAddress()
  const share = useLoaded(shareAsk(search))
  const { overrides } = useLoaded(overridesAsk(search))
  useLive('slos', 'gate.share', 'gate.overrides', 'gate.history', 'gate.budgets', 'gate.freezes', 'gate.look')
  const tab = TABS.find((one) => one === search.tab) ?? 'passed'
  const inForce = overrides.filter((one) => one.inForce).length
  return (
    <Page
      title="Gate"
      asks="May this release go out, and does asking do any good?"
      answer={<p>{unbroken(`${share.words}${inForce > 0 ? ` ${plural(inForce, 'override')} in force.` : ''}`)}</p>}
    >
      <PageTabs label="Views of the gate" to={urls.gate()} tabs={TABS.map((key) => ({ key, label: LABELS[key] }))} />
      {tab === 'passed' && <Passed />}
      {tab === 'answers' && <Answers />}
      {tab === 'policy' && (
        <>
          <Calendar />
          <Budgets />
          <Policy />
        </>
      )}
    </Page>
  )
}
