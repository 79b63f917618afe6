import { Suspense, useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { momentOf } from '../../app/search.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { AreaField, Button, ChoiceField, TextField } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
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
  const [reason, setReason] = useState('')
  const [hours, setHours] = useState('4')
  const [told, setTold] = useState('')
  const { component, environment } = answer
  const write = async () => {
    const until = new Date(Date.now() + Number(hours) * 3_600_000).toISOString()
    const written = await act('gate.override', { component, environment, reason, until, told }, ({ ref }) => ({
      text: `Overridden until ${new Date(until).toLocaleString('en-GB')}. Everybody sees it in the brief.`,
      undo: () => void act('gate.override.withdraw', { ref }, () => ({ text: 'Taken back: the gate holds again.' })),
    }))
    if (written) onClose()
  }
  return (
    <Dialog title={`Override the gate for ${component.slice(component.indexOf('/') + 1)}`} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          void write()
        }}
      >
        <AreaField
          label="Why"
          hint="A sentence that others understand later; it becomes a decision record."
          value={reason}
          onChange={setReason}
        />
        <ChoiceField label="For how long" value={hours} onChange={setHours} choices={LENGTHS} />
        <TextField label="Who was told" hint="Groups, people or channels, with commas" optional value={told} onChange={setTold} />
        <div className={classes.buttons}>
          <Button type="submit" look="danger" busy={busy} disabled={reason.trim().length < 10}>
            Override
          </Button>
          <Button look="quiet" onClick={onClose}>
            Leave it held
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
