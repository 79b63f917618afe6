import { Fragment } from 'react'
import { GoTo, shortName } from '../../app/go.tsx'
import { Verdict } from '../../parts/gate-verdict.tsx'
import { formatQuantity, unbroken } from '../../ui/figure/index.ts'
import { State, type StateName } from '../../ui/state/index.ts'
import { When } from '../../ui/text/index.ts'
import type { GateAnswer } from './asks.ts'
import classes from './gate.module.css'

type Reason = GateAnswer['reasons'][number]
type Grounds = Reason['evidence'][number]

/** An answer of the gate: the verdict, then every reason with what would turn it green. */
export function AnswerTold({ answer }: { answer: GateAnswer }) {
  return (
    <div>
      <p className={classes.verdict}>
        <Verdict of={answer} /> <span>{unbroken(answer.words)}</span>
      </p>
      <p className="quiet small">
        {answer.environment}
        {answer.at && (
          <>
            , of <When at={answer.at} />
          </>
        )}
        , as known <When at={answer.asOf} />
        {answer.commit && `, commit ${answer.commit.slice(0, 12)}`}; by{' '}
        {answer.policies.length === 0
          ? 'no policy'
          : answer.policies.map(({ ref, title, version }, index) => (
              <Fragment key={ref ?? 'default'}>
                {index > 0 && ', '}
                {ref ? (
                  <>
                    <GoTo id={ref}>{title}</GoTo> (version {version})
                  </>
                ) : (
                  'the default policy'
                )}
              </Fragment>
            ))}
      </p>
      {answer.obstacle && <p>{answer.obstacle.fix}</p>}
      <ul className={classes.reasons}>
        {answer.reasons.map((reason) => (
          <li key={`${reason.policy} ${reason.rule}`}>
            <ReasonTold reason={reason} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ReasonTold({ reason }: { reason: Reason }) {
  const { effect, state, rule, words, excuse, turnsGreen, evidence } = reason
  const shape: StateName = effect === 'holds' ? 'missed' : effect === 'warns' ? 'at_risk' : state === 'pass' ? 'met' : 'unknown'
  const said = effect === 'holds' ? 'Holds' : effect === 'warns' ? 'Warns' : state === 'pass' ? 'Passes' : 'Passes, all the same'
  return (
    <>
      <State state={shape} words={said} quiet={effect === 'none'} /> <span className="quiet">{rule.replaceAll('_', ' ')}:</span>{' '}
      {unbroken(words)}
      {excuse && <div className="small">{excuse.ref ? <GoTo id={excuse.ref}>{excuse.words}</GoTo> : excuse.words}</div>}
      {turnsGreen && effect !== 'none' && <div className="small">Turns green: {unbroken(turnsGreen)}</div>}
      {evidence.length > 0 && (
        <ul className={classes.evidence}>
          {evidence.map((ground) => (
            <li key={JSON.stringify(ground)}>
              <Ground ground={ground} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Ground({ ground }: { ground: Grounds }) {
  switch (ground.kind) {
    case 'record':
      return <GoTo id={ground.id}>{ground.title ?? shortName(ground.id)}</GoTo>
    case 'entity':
      return <GoTo id={ground.ref}>{ground.title ?? shortName(ground.ref)}</GoTo>
    case 'reading':
      return (
        <>
          <GoTo id={ground.reading.measure} search={{ subject: ground.reading.subject }} />
          {ground.reading.value === null ? ': unknown' : `: ${formatQuantity(ground.reading.value, ground.reading.unit)}`}, n ={' '}
          {ground.reading.n}
        </>
      )
    case 'budget':
      return (
        <>
          <GoTo id={ground.slo}>{ground.title}</GoTo>: {ground.remaining === null ? 'unknown' : formatQuantity(ground.remaining, 'ratio')}{' '}
          left, {ground.window}, n = {ground.n}
        </>
      )
  }
}
