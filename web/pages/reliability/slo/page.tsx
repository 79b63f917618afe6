import { useLoaded } from '../../../api/index.ts'
import { useAddress, useNames } from '../../../app/address.ts'
import { Go, GoTo } from '../../../app/go.tsx'
import { useLive } from '../../../app/live.ts'
import { urls } from '../../../app/urls.ts'
import { formatCount, formatQuantity, lengthWords, plural, unbroken } from '../../../ui/figure/index.ts'
import { buttonClass } from '../../../ui/form/index.ts'
import { Page, Section } from '../../../ui/page/index.ts'
import { State } from '../../../ui/state/index.ts'
import { formatMoment, Term, When } from '../../../ui/text/index.ts'
import { goneWords, KEPT, leftWords, METHODS, percent } from '../words.ts'
import { sloAsk, type SloPage } from './asks.ts'
import { Burns } from './burns.tsx'
import { Corrections } from './corrections.tsx'
import { OverTime } from './over-time.tsx'
import classes from './slo.module.css'
import { Spenders } from './spenders.tsx'

/** One promise: what is left of its budget, how it went, what spent it, what does not count. */
export default function SloPageShown() {
  const { search } = useAddress()
  const page = useLoaded(sloAsk(search, useNames()))
  useLive('slos', 'slo.page')
  const { status } = page
  return (
    <Page
      title={page.title}
      asks={`May we still take risks with ${page.service.slice(page.service.indexOf('/') + 1)}?`}
      above={<Go to={urls.ship()}>May we ship?</Go>}
      answer={
        <p>
          <State state={status.state} words={KEPT[status.state]} /> {unbroken(answerOf(page))}
        </p>
      }
      actions={
        <>
          <Go to={urls.sloEdit(page.ref)} className={buttonClass}>
            Edit
          </Go>
          <Go to={urls.entity(page.ref)} className={buttonClass}>
            As OpenSLO
          </Go>
        </>
      }
    >
      <Basis page={page} />
      <Objectives page={page} />
      <OverTime page={page} />
      <Spenders page={page} />
      <Burns status={status} />
      <Touched page={page} />
      <Corrections page={page} />
    </Page>
  )
}

/** "3.1 of 43 min left; 99.93 % kept, 99.95 % promised. Gone 3 Dec at yesterday's pace." */
function answerOf({ status }: SloPage): string {
  if (status.sli === null) return `${status.unknown?.why ?? ''} ${status.unknown?.fix ?? ''}`
  const left = status.minutesLeft !== null && status.minutesLeft < 0 ? leftWords(status) : `${leftWords(status)} left`
  const gone = status.exhaustsAt ? ` Gone ${goneWords(status)} at the pace of the last day.` : ''
  return `${left}; ${percent(status.sli)} kept, ${percent(status.objective)} promised.${gone}`
}

function Basis({ page: { status, service, indicators, silence, leastEvents } }: { page: SloPage }) {
  const silent = status.coverage.of - status.coverage.said
  return (
    <p className={classes.basis}>
      <GoTo id={service} /> promises {percent(status.objective)} in {lengthWords(status.window.text)}, <When at={status.window.from} /> to{' '}
      <When at={status.window.to} clock />; {METHODS[status.method]}. n&nbsp;=&nbsp;{formatCount(Math.round(status.n))} events of{' '}
      {indicators.join(', ')}
      {status.lastAt && (
        <>
          , the last <When at={status.lastAt} clock />
        </>
      )}
      . {silent > 0 && `${plural(Math.round(silent), 'minute')} of ${formatCount(status.coverage.of)} are silent${silenceWords(silence)}. `}
      {status.grain === 'hour' && 'Of its first days minutes are not kept any more: at the border of the window an hour is shared evenly. '}
      {leastEvents > 0 && `With fewer than ${leastEvents} events nothing is said. `}
      {status.window.end !== status.window.to && status.budgetProjected !== null && status.budgetRemaining !== null && (
        <>
          Of what was allowed until now {percent(status.budgetRemaining)} is left; of the whole period, which ends{' '}
          {formatMoment(status.window.end)}, {percent(status.budgetProjected)}.{' '}
        </>
      )}
      <Go to={urls.measure('reliability.budget_remaining')} search={{ subject: service }}>
        As a measure
      </Go>
    </p>
  )
}

function silenceWords(silence: SloPage['silence']): string {
  return silence === 'unknown' ? ' and count neither way' : ` and count as ${silence}`
}

/** Objectives beside one another: parts of a composite, or targets of one indicator. */
function Objectives({ page: { statuses, status, composite } }: { page: SloPage }) {
  if (composite)
    return (
      <Section title="Its parts" note="what a part loses of its budget, times its weight, the whole loses">
        <ul className={classes.list}>
          {status.objectives.map((part) => (
            <li key={part.name}>
              {part.name}: {part.sli === null ? 'unknown' : `${percent(part.sli)} kept`}, {percent(part.target)} promised
              {part.remaining !== null && `, ${percent(part.remaining)} of its budget left`}; weight {part.weight}, n&nbsp;=&nbsp;
              {formatCount(Math.round(part.n))}
            </li>
          ))}
        </ul>
      </Section>
    )
  if (statuses.length < 2) return null
  return (
    <nav className={classes.objectives} aria-label="Objectives">
      {statuses.map((one) => (
        <Go
          key={one.objectiveName}
          to={urls.slo(one.slo)}
          search={{ objective: one.objectiveName }}
          aria-current={one.objectiveName === status.objectiveName ? 'page' : undefined}
        >
          {one.objectiveName}, {percent(one.objective)}: {KEPT[one.state]}
        </Go>
      ))}
    </nav>
  )
}

/** What was at stake: money by the minute, outcomes that are measured for the same thing. */
function Touched({ page: { money, outcomes, status } }: { page: SloPage }) {
  return (
    <Section title="What it touches" note="what was at stake, not what was lost">
      <ul className={classes.list}>
        <li>
          {money.amount !== null && money.perMinute !== null ? (
            <>
              The <Term of="error budget">budget</Term> spent comes to about {formatQuantity(money.amount, money.unit)} of revenue, at{' '}
              {formatQuantity(money.perMinute, money.unit)} a minute (<GoTo id={money.measure} />
              ).
            </>
          ) : (
            <span className="quiet">
              Money: unknown. {money.unknown ? `${money.unknown.why} ${money.unknown.fix}` : (status.unknown?.why ?? '')}
            </span>
          )}
        </li>
        {outcomes.length === 0 && <li className="quiet">No outcome is measured for this service or what it is part of.</li>}
        {outcomes.map(({ ref, title }) => (
          <li key={ref}>
            Outcome: <GoTo id={ref}>{title}</GoTo>
          </li>
        ))}
      </ul>
    </Section>
  )
}
