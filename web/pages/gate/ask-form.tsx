import { Suspense, useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { momentOf } from '../../app/search.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { AreaField, Button, ChoiceField, TextField, useDraft } from '../../ui/form/index.ts'
import { FormDialog } from '../../ui/overlay/index.ts'
import { Section } from '../../ui/page/index.ts'
import { AnswerTold } from './answer.tsx'
import { componentIn, type GateAnswer, lookAsk } from './asks.ts'
import classes from './gate.module.css'

/** Asks the gate about one component, without keeping the answer; from there it can be overridden. */
export function AskForm() {
  const { search, set } = useAddress()
  const [name, setName] = useState(search.component ?? '')
  const component = componentIn(search)
  return (
    <Section title="May we ship?" note="looking keeps nothing; a pipeline that asks is kept">
      <form
        className={classes.ask}
        data-screen-only
        onSubmit={(event) => {
          event.preventDefault()
          set({ component: name.trim() || undefined }, { push: true })
        }}
      >
        <TextField label="Component" value={name} onChange={setName} placeholder="checkout" />
        <Button type="submit">Look</Button>
      </form>
      {component && (
        <Suspense fallback={<Waiting height="8rem" />}>
          <Looked key={component} component={component} />
        </Suspense>
      )}
    </Section>
  )
}

function Looked({ component }: { component: string }) {
  const { search } = useAddress()
  const answer = useLoaded(lookAsk(search, component))
  const [asked, setAsked] = useState(false)
  const past = momentOf(search).asOf !== undefined
  return (
    <>
      <AnswerTold answer={answer} />
      {answer.verdict === 'hold' && !past && (
        <p data-screen-only>
          <Button look="danger" onClick={() => setAsked(true)}>
            Override
          </Button>
        </p>
      )}
      {asked && <OverrideDialog answer={answer} onClose={() => setAsked(false)} />}
    </>
  )
}

const LENGTHS = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '1 week' },
]

/** Lets a component pass for a while: with a reason, an end and who was told; it becomes a decision record. */
function OverrideDialog({ answer, onClose }: { answer: GateAnswer; onClose: () => void }) {
  const { act, busy } = useAct()
  const { component, environment } = answer
  const { draft, change, discard } = useDraft(`override:${component}`, { reason: '', hours: '4', told: '' })
  const { reason, hours, told } = draft
  const write = async () => {
    const until = new Date(Date.now() + Number(hours) * 3_600_000).toISOString()
    const written = await act('gate.override', { component, environment, reason, until, told }, ({ ref }) => ({
      text: `Overridden until ${new Date(until).toLocaleString('en-GB')}. Everybody sees it in the brief.`,
      undo: () => void act('gate.override.withdraw', { ref }, () => ({ text: 'Taken back: the gate holds again.' })),
    }))
    if (!written) return
    discard()
    onClose()
  }
  return (
    <FormDialog
      title={`Override the gate for ${component.slice(component.indexOf('/') + 1)}`}
      verb="Override"
      look="danger"
      leave="Leave it held"
      busy={busy}
      disabled={reason.trim().length < 10}
      onSubmit={() => void write()}
      onClose={onClose}
    >
      <AreaField
        label="Why"
        hint="A sentence that others understand later; it becomes a decision record."
        value={reason}
        onChange={(next) => change({ reason: next })}
      />
      <ChoiceField label="For how long" value={hours} onChange={(next) => change({ hours: next })} choices={LENGTHS} />
      <TextField
        label="Who was told"
        hint="Groups, people or channels, with commas"
        optional
        value={told}
        onChange={(next) => change({ told: next })}
      />
    </FormDialog>
  )
}
