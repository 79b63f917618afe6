import { useLoaded } from '../../api/index.ts'
import { useAddress, useNames, useTableView } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { KindOf } from '../../parts/kind-of.tsx'
import { LIVED_STATES } from '../../parts/principle-states.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { principlePageAsk } from './asks.ts'
import { Lived } from './lived.tsx'
import { type Principle, whereInWords, wordsOf } from './principle-list.tsx'
import { RemarksAbout } from './remarks.tsx'
import classes from './vision.module.css'

type Subject = Principle['subjects'][number] & { since?: { at: string; atLeast: boolean } | undefined }

const COLUMNS: readonly Column<Subject>[] = [
  {
    key: 'subject',
    head: 'Component',
    value: (row) => shortName(row.subject),
    cell: (row) => (row.subject.startsWith('namespace:') ? <b>Everything here</b> : <SubjectLink subject={row.subject} />),
  },
  {
    key: 'team',
    head: 'Team',
    value: (row) => row.team ?? null,
    cell: (row) => (row.team ? <GoTo id={row.team} /> : <span className="quiet">nobody</span>),
  },
  { key: 'state', head: 'State', cell: (row) => <State {...LIVED_STATES[row.state]} /> },
  {
    key: 'since',
    head: 'Since',
    value: (row) => row.since?.at ?? null,
    cell: (row) =>
      row.since ? (
        <>
          {row.since.atLeast && 'at least '}
          <When at={row.since.at} />
        </>
      ) : (
        <span className="quiet">{row.state === 'unknown' ? '' : 'this month'}</span>
      ),
  },
  { key: 'why', head: 'Why', cell: (row) => <Reasons subject={row} /> },
]

function SubjectLink({ subject }: { subject: string }) {
  return (
    <GoTo id={subject} className="rowLink">
      {shortName(subject)}
      <KindOf subject={subject} />
    </GoTo>
  )
}

export default function PrinciplePage() {
  const { search } = useAddress()
  const { namespace = '', name = '' } = useNames()
  const { principle, history } = useLoaded(principlePageAsk(search, namespace, name))
  const table = useTableView()
  const since = new Map(history.subjects.map((line) => [line.subject, line.since]))
  const rows = principle.subjects.map((subject) => ({ ...subject, since: since.get(subject.subject) }))
  return (
    <Page
      title={principle.title}
      asks={principle.rationale ?? principle.statement}
      above={
        <>
          <Go to={urls.vision()}>Vision</Go> / Principle
        </>
      }
      answer={
        <p>
          <State state={principle.judgement.state} {...wordsOf(principle)} /> {whereInWords(principle)}
        </p>
      }
      actions={
        <>
          <Go to={urls.throughline()} search={{ from: principle.ref }} className={buttonClass}>
            Trace
          </Go>
          <Go to={urls.principleEdit(principle.ref)} className={buttonClass}>
            Edit
          </Go>
        </>
      }
    >
      <Meaning principle={principle} />
      <Section title="Where it holds" note="worst first">
        {principle.signals.length === 0 ? (
          <EmptyState
            title="No measure shows whether it is lived"
            why="Name a measure and a limit, for example: change size, p75, at most 400 lines. Then this table says who holds it and who does not."
            action={
              <Go to={urls.principleEdit(principle.ref)} className={buttonClass}>
                Add a signal
              </Go>
            }
          />
        ) : (
          <DataTable
            caption="components under this principle"
            rows={rows}
            columns={COLUMNS}
            rowKey={(row) => row.subject}
            filterBy={(row) => `${row.subject} ${row.team ?? ''} ${row.state}`}
            empty={<p className="quiet">Nothing to judge yet: no component has records.</p>}
            {...table}
          />
        )}
      </Section>
      <Lived history={history} />
      <RemarksAbout about={principle.ref} namespace={namespace} edit={urls.principleEdit(principle.ref)} />
      <Exceptions exceptions={principle.exceptions} />
      <Cited cited={principle.cited} />
    </Page>
  )
}

function Reasons({ subject }: { subject: Subject }) {
  const telling = subject.signals.filter((signal) => signal.state === subject.state)
  return (
    <>
      {telling.map((signal) => (
        <div key={signal.rule}>{signal.rule}</div>
      ))}
    </>
  )
}

/** What it forbids, what it serves, and what shows that it lives. */
function Meaning({ principle }: { principle: Principle }) {
  return (
    <dl className={classes.facts}>
      <div>
        <dt>Forbids</dt>
        <dd>
          {principle.forbids.length === 0 ? (
            'nothing yet, so it settles no argument'
          ) : (
            <ul className={classes.bound}>
              {principle.forbids.map((forbidden) => (
                <li key={forbidden}>{forbidden}</li>
              ))}
            </ul>
          )}
        </dd>
      </div>
      <div>
        <dt>
          <Term of="signal">Signals</Term>
        </dt>
        <dd>
          {principle.signals.length === 0
            ? 'none'
            : principle.signals.map((signal) => (
                <div key={`${signal.measure} ${signal.quantile} ${signal.limit}`}>
                  <Go to={urls.measure(signal.measure)}>{signal.title}</Go> {signal.quantile} {signal.limit}
                </div>
              ))}
        </dd>
      </div>
      <div>
        <dt>Serves</dt>
        <dd>
          {principle.serves.length === 0
            ? 'no outcome yet'
            : principle.serves.map((ref) => (
                <div key={ref}>
                  <GoTo id={ref} />
                </div>
              ))}
        </dd>
      </div>
      <div>
        <dt>Owner</dt>
        <dd>{principle.owner ? <GoTo id={principle.owner} /> : 'nobody yet'}</dd>
      </div>
    </dl>
  )
}

/** Who may break it, why, and until when. */
function Exceptions({ exceptions }: { exceptions: Principle['exceptions'] }) {
  if (exceptions.length === 0) return null
  return (
    <Section title={<Term of="exception">Exceptions</Term>} note="always with an end">
      <ul className={classes.remarks}>
        {exceptions.map((exception) => (
          <li key={exception.ref}>
            <span>
              <GoTo id={exception.ref}>{exception.title}</GoTo>: {exception.reason}{' '}
              <span className="quiet">{exception.subjects.map(shortName).join(', ')}</span>
            </span>
            <span>
              {exception.soon && (
                <>
                  <State state="at_risk" words="Ends soon" />{' '}
                </>
              )}
              {exception.live ? 'until ' : 'ended '}
              <When at={exception.until} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Decisions that argue from it. */
function Cited({ cited }: { cited: Principle['cited'] }) {
  return (
    <Section title="Decisions that cite it">
      {cited.length === 0 ? (
        <p className="quiet">No decision cites it. A principle nobody argues from may be only words.</p>
      ) : (
        <>
          <p>
            {plural(cited.filter(({ how }) => how === 'supports').length, 'decision')} for it,{' '}
            {cited.filter(({ how }) => how === 'against').length} against it.
          </p>
          <ul className={classes.remarks}>
            {cited.map((decision) => (
              <li key={`${decision.ref} ${decision.how}`}>
                <span>
                  <GoTo id={decision.ref}>{decision.title}</GoTo> <span className="quiet">{decision.status}</span>
                </span>
                <span>{decision.how === 'supports' ? 'argues for it' : 'goes against it'}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
