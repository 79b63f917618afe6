import { useLoaded } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatCount, plural, unbroken } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { formatDays, sentence, When } from '../../ui/text/index.ts'
import { experimentAsk, type Told } from './asks.ts'
import classes from './experiments.module.css'
import { Fixed } from './fixed.tsx'
import { KeepResult } from './keep-result.tsx'
import { OverTime } from './over-time.tsx'
import { amount, shownAs, standingOf } from './standing.ts'

/** One experiment: how it stands, what was fixed before it began, how it came to stand so. */
export default function ExperimentPage() {
  const { search } = useAddress()
  const told = useLoaded(experimentAsk(search, useNames()))
  const { shape, words } = shownAs(told)
  return (
    <Page
      title={told.title}
      asks={told.hypothesis}
      above={<Go to={urls.experiments()}>Experiments</Go>}
      answer={
        <p>
          <State state={shape} words={words} /> {unbroken(standingOf(told).words)}
        </p>
      }
      actions={
        <>
          <Go to={urls.throughline()} search={{ from: told.ref }} className={buttonClass}>
            Trace
          </Go>
          <Go to={urls.experimentEdit(told.ref)} className={buttonClass}>
            Edit
          </Go>
          <KeepResult told={told} />
        </>
      }
    >
      {told.reservations.length > 0 && (
        <p className={classes.beware}>
          <b>Beware:</b> {told.reservations.join('; ')}.
        </p>
      )}
      <Kept told={told} />
      <Arms told={told} />
      <OverTime told={told} />
      <Guardrails told={told} />
      <Fixed told={told} />
      <Section title="What it bears on">
        <dl className={classes.facts}>
          <Fact name="Measure">
            <GoTo id={told.measure} />
          </Fact>
          {told.serves.map((ref) => (
            <Fact key={ref} name="Serves">
              <GoTo id={ref} />
            </Fact>
          ))}
          <Fact name="Settles">{told.decision ? <GoTo id={told.decision} /> : <span className="quiet">no decision is named</span>}</Fact>
          <Fact name="Document">
            <Go to={entityPlace(told.ref)}>versions and relations</Go>
          </Fact>
        </dl>
      </Section>
    </Page>
  )
}

function entityPlace(ref: string): string {
  return urls.entity(ref)
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** A result that was kept stands; what the records say of the same moment today is told where it differs. */
function Kept({ told }: { told: Told }) {
  const { kept } = told
  if (!kept) return null
  const same = kept.state === 'stopped' || (kept.state === told.state && kept.words === told.words)
  return (
    <p className={classes.kept}>
      Kept for <When at={kept.at} />, n = {formatCount(kept.control)} and {formatCount(kept.treatment)}.{' '}
      {kept.reason && `${sentence(kept.reason)} `}
      {same ? 'The records say the same of that moment today.' : `The records say otherwise of that moment today: ${told.words}`}
    </p>
  )
}

function Arms({ told }: { told: Told }) {
  const rows = (['control', 'treatment'] as const).map((name) => ({ name, arm: told[name], chosen: told.rule.arms[name] }))
  return (
    <Section
      title="Both arms"
      note={`${plural(told.control.n + told.treatment.n, 'value')}, ${formatDays({ from: told.start, to: told.end < told.at ? told.end : told.at })}`}
    >
      <dl className={classes.facts}>
        {rows.map(({ name, arm, chosen }) => (
          <Fact key={name} name={name === 'control' ? 'Control' : 'Treatment'}>
            {arm.mean === null ? 'no value yet' : `mean ${amount(arm.mean, told.unit)}, n = ${formatCount(arm.n)}`}{' '}
            <Go
              to={urls.measure(told.measure)}
              search={{ subject: chosen.subject, from: told.start.slice(0, 10), to: told.end.slice(0, 10) }}
              className="small"
            >
              its records
            </Go>
          </Fact>
        ))}
      </dl>
    </Section>
  )
}

const spaced = (limit: string) => unbroken(limit.replace(/(\d)%/, '$1 %'))

function Guardrails({ told: { guardrails, rule } }: { told: Told }) {
  if (guardrails.length === 0 && rule.guardrails.length > 0)
    return (
      <Section title="Guardrails" note="what must not get worse meanwhile; held against their limits from the start on">
        <ul className={classes.guardrails}>
          {rule.guardrails.map(({ measure, limit }) => (
            <li key={`${measure} ${limit}`}>
              <GoTo id={measure} />, {spaced(limit)}
            </li>
          ))}
        </ul>
      </Section>
    )
  return (
    <Section title="Guardrails" note="what must not get worse meanwhile">
      {guardrails.length === 0 ? (
        <p className="quiet">None: nothing was named that must not get worse.</p>
      ) : (
        <ul className={classes.guardrails}>
          {guardrails.map(({ measure, limit, reading, holds }) => (
            <li key={`${measure} ${limit}`}>
              <State
                state={holds === null ? 'unknown' : holds ? 'met' : 'missed'}
                words={holds === null ? 'Unknown' : holds ? 'Holds' : 'Broken'}
              />{' '}
              <GoTo id={measure} />, {spaced(limit)}:{' '}
              {reading.value === null ? (
                <span className="quiet">{sentence(`${reading.unknown?.why ?? 'no data'} ${reading.unknown?.fix ?? ''}`.trim())}</span>
              ) : (
                `${amount(reading.value, reading.unit)}, n = ${formatCount(reading.n)}`
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
