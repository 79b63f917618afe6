import type { Answer } from '../../api/index.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { unbroken } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { CameTrue } from '../forecasts/state.tsx'
import classes from './decisions.module.css'

type Decision = Answer<'decision.read'>

/** Limits it set, watched: beyond one, the decision asks to be looked at again. */
export function Watched({
  title,
  limits,
  words,
  because: set,
}: {
  title: React.ReactNode
  limits: Decision['assumptions']
  words: { met: string; missed: string }
  because: string
}) {
  if (limits.length === 0) return null
  return (
    <Section title={title} note="watched for as long as the decision stands">
      <ul className={classes.assumptions}>
        {limits.map(({ because, judgement }) => (
          <li key={judgement.rule}>
            <State
              state={judgement.state}
              words={judgement.state === 'met' ? words.met : judgement.state === 'missed' ? words.missed : 'Unknown'}
            />
            <div>
              {unbroken(judgement.rule)}
              {because && (
                <div className="quiet small">
                  {set} because {because}
                </div>
              )}
              {judgement.reading && (
                <div className="small">
                  <Go to={urls.measure(judgement.reading.measure)} search={{ subject: judgement.reading.subject }}>
                    Open the measure
                  </Go>
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What it expects, how it could fail, and what would show that first. */
export function Expected({ decision }: { decision: Decision }) {
  const { expects, premortem, tripwires, calibration } = decision
  return (
    <>
      {expects.length > 0 && (
        <Section title={<Term of="expectation">Expected</Term>} note={<Go to={urls.forecasts()}>How often we are right</Go>}>
          <ul className={classes.assumptions}>
            {expects.map((one) => (
              <li key={`${one.rule} ${one.by}`}>
                <CameTrue forecast={one} />
                <div>
                  {unbroken(one.rule)}
                  <div className="quiet small">
                    by <When at={one.by} />, {Math.round(one.probability * 100)} % sure
                  </div>
                  {calibration.map((bin) =>
                    one.state === 'open' && Math.abs(bin.around - one.probability) < 0.05 ? (
                      <div key={bin.around} className="quiet small">
                        What we call {Math.round(bin.around * 100)} % sure came true {Math.round(bin.share * 100)} % of the time (n ={' '}
                        {bin.n}).
                      </div>
                    ) : null,
                  )}
                  <div className="small">
                    <Go to={urls.measure(one.measure)} search={{ subject: one.subject }}>
                      Open the measure
                    </Go>
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {premortem && (
        <Section title={<Term of="premortem">How it could fail</Term>} note="told before">
          <p>{premortem}</p>
        </Section>
      )}
      <Watched title={<Term of="tripwire">Tripwires</Term>} limits={tripwires} words={{ met: 'Holds', missed: 'Fired' }} because="Set" />
    </>
  )
}
