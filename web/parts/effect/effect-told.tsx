import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatQuantity, plural, unbroken } from '../../ui/figure/index.ts'
import { sentence, Term, When } from '../../ui/text/index.ts'
import { Checks } from './checks.tsx'
import classes from './effect.module.css'
import { EffectChart } from './effect-chart.tsx'
import type { Told } from './told.ts'

const STRENGTH = { strongest: 'strongest', stronger: 'stronger', weaker: 'weaker', weakest: 'weakest' }

/** The grounds of an answer: how far to trust it, what was expected, week by week, what it was held against, the checks. */
export function EffectTold({ told, leaveOut }: { told: Told; leaveOut?: ((control: string) => void) | undefined }) {
  return (
    <>
      <p className={classes.evidence}>
        {unbroken(told.evidence)} {told.experiment && <GoTo id={told.experiment}>The experiment</GoTo>}
      </p>
      {told.expected && <p className={classes.evidence}>{unbroken(told.expected.sentence)}</p>}
      <Missing told={told} />
      <dl className={classes.facts}>
        {told.strength && (
          <Fact name={<Term>Strength of evidence</Term>}>
            {STRENGTH[told.strength]}, {told.design === 'before_after' ? <Term>before and after</Term> : <Term>{told.design}</Term>}
          </Fact>
        )}
        {told.levelBefore !== null && (
          <Fact name={told.design === 'experiment' ? 'Mean of the control' : 'Level before'}>{amount(told.levelBefore, told.unit)}</Fact>
        )}
        {told.difference && (
          <Fact name="Difference">
            {amount(told.difference.value, told.unit)} ({Math.round(told.difference.level * 100)} %:{' '}
            {amount(told.difference.low, told.unit)} to {amount(told.difference.high, told.unit)})
          </Fact>
        )}
        {told.detectable !== null && (
          <Fact name="Smallest that would have been found">{Math.round(told.detectable * 100)} %, four times in five</Fact>
        )}
        {told.design !== 'experiment' && (
          <Fact name="Weeks with values">
            {told.weeks.before} before, {told.weeks.after} after, of {told.weeks.wanted} on each side
          </Fact>
        )}
        <Fact name="Measure">
          <Go to={urls.measure(told.measure)} search={{ subject: told.subject }}>
            {told.title}
          </Go>{' '}
          of {told.subject.startsWith('namespace:') ? 'everything here' : <GoTo id={told.subject}>{told.subjectTitle}</GoTo>}
          {told.quantile && `, ${told.quantile}`}
        </Fact>
      </dl>
      <EffectChart told={told} />
      <Untouched told={told} leaveOut={leaveOut} />
      <Checks told={told} />
    </>
  )
}

function Fact({ name, children }: { name: React.ReactNode; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Missing({ told: { missing } }: { told: Told }) {
  if (missing.length === 0) return null
  return (
    <ul className={classes.missing}>
      {missing.map(({ code, why, fix }) => (
        <li key={code}>
          {sentence(why)} <b>{sentence(fix)}</b>
        </li>
      ))}
    </ul>
  )
}

/** What it was held against, and what had too little to be. */
function Untouched({
  told: { controls, leftOut, changedAt },
  leaveOut,
}: {
  told: Told
  leaveOut?: ((control: string) => void) | undefined
}) {
  if (controls.length === 0 && leftOut.length === 0) return null
  return (
    <details className={classes.more} open={controls.length <= 3}>
      <summary>
        Held against {plural(controls.length, 'subject')} untouched since <When at={changedAt} />
      </summary>
      <ul className={classes.controls}>
        {controls.map(({ ref, title }) => (
          <li key={ref}>
            <GoTo id={ref}>{title}</GoTo>{' '}
            {leaveOut && controls.length > 1 && (
              <button type="button" className={classes.leave} onClick={() => leaveOut(ref)} aria-label={`Leave out ${title}`}>
                leave out
              </button>
            )}
          </li>
        ))}
        {leftOut.map(({ ref, why }) => (
          <li key={ref} className="quiet">
            <GoTo id={ref} />: left out, {why}
          </li>
        ))}
      </ul>
    </details>
  )
}

function amount(value: number, unit: string): string {
  return formatQuantity(value, unit)
}
