import { useState } from 'react'
import { type Ask, server, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { standpointOf } from '../../app/search.ts'
import { AreaField, Button, ChoiceField, TextField } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { policiesAsk, type Trial } from './asks.ts'
import classes from './gate.module.css'
import { TrialTold } from './trial.tsx'

const firstPolicy = (scope: string) => `apiVersion: throughline.dev/v1
kind: GatePolicy
metadata: { name: production, namespace: ${scope} }
spec:
  for: [namespace:${scope}]
  rules:
    - { rule: open_incident, mode: enforce, unknown: warn }
    - { rule: budget, mode: enforce, unknown: warn, atLeast: 0%, exempt: [reliability, security] }
    - { rule: recent_failures, mode: warn, unknown: pass, atMost: 1, last: 5 }
    - rule: freeze
      mode: enforce
      zone: Europe/Berlin
      spans: [{ days: [fri], after: "16:00", reason: Nobody mends it at the weekend }]
`

const KNOWN = [
  { value: 'then', label: 'what was known when each went out' },
  { value: 'now', label: 'what is known today of that time' },
]

/** Policies as documents, and beside them what they would have done to past releases. */
export function Policy() {
  const { search } = useAddress()
  const scope = standpointOf(search).scope ?? 'default'
  const { policies } = useLoaded(policiesAsk(search))
  const [chosen, setChosen] = useState(policies[0]?.ref ?? '')
  const [text, setText] = useState(policies[0]?.text ?? firstPolicy(scope))
  const choose = (ref: string) => {
    setChosen(ref)
    setText(policies.find((policy) => policy.ref === ref)?.text ?? firstPolicy(scope))
  }
  const { act, busy } = useAct()
  return (
    <div className={classes.beside}>
      <Section title="Policy" note="what covers a component binds it; nothing is bound before it is saved">
        <div className={classes.form}>
          <ChoiceField
            label="Document"
            value={chosen}
            onChange={choose}
            choices={[
              ...policies.map(({ ref, title, kind }) => ({ value: ref, label: `${title} (${kind})` })),
              { value: '', label: 'a new one' },
            ]}
          />
          <AreaField label="Rules" rows={20} value={text} onChange={setText} />
          <div className={classes.buttons}>
            <Button
              busy={busy}
              onClick={() => void act('gate.policy.save', { policy: text }, ({ ref }) => ({ text: `Saved: ${ref} binds from now on.` }))}
            >
              Save
            </Button>
          </div>
        </div>
      </Section>
      <TimeMachine text={text} />
    </div>
  )
}

function TimeMachine({ text }: { text: string }) {
  const [days, setDays] = useState('90')
  const [known, setKnown] = useState('then')
  const [trial, setTrial] = useState<Trial | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      const from = new Date(Date.now() - Number(days) * 86_400_000).toISOString()
      setTrial(await server.call('gate.try', { policy: text, from, known: known as Ask<'gate.try'>['known'] }))
      setWrong(null)
    } catch (error) {
      const { why, fix } = explain(error)
      setWrong([why, fix].filter(Boolean).join(' '))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title="On the past" note="the rules as they stand beside, saved or not">
      <form
        className={classes.form}
        data-screen-only
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <TextField label="Days back" value={days} onChange={setDays} />
        <ChoiceField label="Judged by" value={known} onChange={setKnown} choices={KNOWN} />
        <div className={classes.buttons}>
          <Button type="submit" look="primary" busy={busy} disabled={!(Number(days) > 0 && Number(days) <= 3_660)}>
            Try it
          </Button>
        </div>
      </form>
      <div aria-live="polite">
        {wrong && <p className={classes.wrong}>{wrong}</p>}
        {trial && !wrong && <TrialTold trial={trial} />}
      </div>
    </Section>
  )
}
