import { useQuery } from '@tanstack/react-query'
import { type Answer, ask } from '../api/index.ts'
import { useAddress } from '../app/address.ts'
import { Go } from '../app/go.tsx'
import { momentOf } from '../app/search.ts'
import { urls } from '../app/urls.ts'
import { State, type StateName } from '../ui/state/index.ts'

type GateAnswer = Answer<'gate.look'>

const VERDICTS: Record<GateAnswer['verdict'], { state: StateName; words: string }> = {
  go: { state: 'met', words: 'Go' },
  hold: { state: 'missed', words: 'Hold' },
  could_not: { state: 'unknown', words: 'Could not be judged' },
}

/** A verdict as word and shape; a go that a rule warns of, also because it knows nothing, is no green one. */
export function Verdict({ of }: { of: Pick<GateAnswer, 'verdict' | 'overridden' | 'reasons'> }) {
  const { state, words } = shownAs(of)
  return <State state={state} words={words} />
}

function shownAs({ verdict, overridden, reasons }: Parameters<typeof Verdict>[0]['of']): { state: StateName; words: string } {
  if (overridden) return { state: 'at_risk', words: 'Go, overridden' }
  if (verdict === 'go' && reasons.some(({ effect }) => effect === 'warns')) return { state: 'at_risk', words: 'Go, warned' }
  return VERDICTS[verdict]
}

/** What the gate would answer about a component now, leading to its reasons; asked apart, so that nothing else waits for it. */
export function VerdictNow({ component }: { component: string }) {
  const { search } = useAddress()
  const { asOf } = momentOf(search)
  const { data, error } = useQuery(ask('gate.look', { component, ...(asOf ? { asOf } : {}) }))
  if (error) return <span className="quiet">could not be asked</span>
  if (!data) return <span className="quiet">looking…</span>
  return (
    <Go to={urls.gate()} search={{ component: component.slice(component.indexOf(':') + 1) }} title={data.words}>
      <Verdict of={data} />
    </Go>
  )
}
