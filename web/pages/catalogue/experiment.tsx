import { type Answer, ask, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State, type StateName } from '../../ui/state/index.ts'
import { When } from '../../ui/text/index.ts'
import classes from './catalogue.module.css'

type Told = Answer<'experiment.read'>

const STATES: Record<Told['state'], [StateName, string]> = {
  planned: ['unknown', 'Planned'],
  running: ['on_course', 'Running'],
  supported: ['met', 'Supported'],
  refuted: ['missed', 'Against what was expected'],
  not_shown: ['unknown', 'Not shown'],
  harm: ['missed', 'Stop: a guardrail is broken'],
  unknown: ['unknown', 'Unknown'],
}

/** How an experiment stands by the rule it began with. */
export function Experiment({ reference }: { reference: string }) {
  const { search } = useAddress()
  const { asOf } = momentOf(search)
  const told = useLoaded(ask('experiment.read', { ref: reference, ...(asOf ? { asOf } : {}) }))
  const [state, words] = STATES[told.state]
  return (
    <Section title="How it stands" note="by the rule it began with; looking at it every day spoils nothing">
      <p>
        <State state={state} words={words} /> {told.words}
      </p>
      <p className="quiet">{told.hypothesis}</p>
      <dl className={classes.facts}>
        <div>
          <dt>Measure</dt>
          <dd>
            <Go to={urls.measure(told.measure)}>{told.measure}</Go>, <When at={told.start} /> to <When at={told.end} />
          </dd>
        </div>
        <div>
          <dt>Control</dt>
          <dd>{armWords(told.control, told.unit)}</dd>
        </div>
        <div>
          <dt>Treatment</dt>
          <dd>{armWords(told.treatment, told.unit)}</dd>
        </div>
        {told.test.p !== null && (
          <div>
            <dt>Always-valid p</dt>
            <dd>
              {told.test.p.toPrecision(2)}
              {told.test.crossedAt && (
                <>
                  , could be stopped since <When at={told.test.crossedAt} />
                </>
              )}
            </dd>
          </div>
        )}
        {told.guardrails.map(({ measure, limit, reading }) => (
          <Guardrail key={measure} measure={measure} limit={limit} reading={reading} />
        ))}
      </dl>
      {told.reservations.length > 0 && <p className="quiet small">Beware: {told.reservations.join('; ')}.</p>}
    </Section>
  )
}

function armWords({ n, mean }: Told['control'], unit: string): string {
  return mean === null ? 'no value yet' : `mean ${formatQuantity(mean, unit).trim()}, n = ${n.toLocaleString('en-GB')}`
}

function Guardrail({ measure, limit, reading }: Told['guardrails'][number]) {
  return (
    <div>
      <dt>Guardrail</dt>
      <dd>
        <Go to={urls.measure(measure)}>{measure}</Go> {limit}:{' '}
        {reading.value === null ? 'unknown' : formatQuantity(reading.value, reading.unit).trim()}
      </dd>
    </div>
  )
}
