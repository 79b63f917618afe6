import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { AskedBy } from '../../parts/asked-by.tsx'
import { buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { Html, Term, When } from '../../ui/text/index.ts'
import { decisionAsk } from './asks.ts'
import classes from './decisions.module.css'
import { Expected, Watched } from './expected.tsx'
import { logWords, Status } from './status.tsx'
import { withoutTitle } from './without-title.ts'

type Decision = Answer<'decision.read'>

export default function DecisionPage() {
  const { search } = useAddress()
  const decision = useLoaded(decisionAsk(search, useNames()))
  return (
    <Page
      title={decision.title}
      asks="What did we decide, and does the reason still hold?"
      above={
        <>
          <Go to={urls.decisions()}>Decisions</Go> / {logWords(decision) || 'Record'}
        </>
      }
      answer={<Standing decision={decision} />}
      actions={
        <>
          {!decision.file && (
            <>
              <Go to={urls.decisionEdit(decision.ref)} className={buttonClass}>
                Edit
              </Go>
              {!decision.chain.some(({ distance }) => distance > 0) && (
                <Go to={urls.decisionNew()} search={{ replaces: decision.ref }} className={buttonClass}>
                  Replace
                </Go>
              )}
            </>
          )}
          <Go to={urls.throughline()} search={{ from: decision.ref }} className={buttonClass}>
            Trace
          </Go>
        </>
      }
    >
      <Asked asked={decision.asked} />
      <div className={classes.sides}>
        <div className={classes.record}>
          <Html cleaned={withoutTitle(decision.html)} />
        </div>
        <aside className={classes.beside}>
          <Chain decision={decision} />
          <Facts decision={decision} />
        </aside>
      </div>
      <Watched
        title={<Term of="assumption">Assumptions</Term>}
        limits={decision.assumptions}
        words={{ met: 'Holds', missed: 'Broken' }}
        because="Assumed"
      />
      <Expected decision={decision} />
    </Page>
  )
}

/** Whether it is in force, and what took its place. */
function Standing({ decision }: { decision: Decision }) {
  const newer = decision.chain.find((one) => one.distance > 0)
  return (
    <p>
      <Status status={decision.status} asWritten={decision.statusAsWritten} />
      {decision.date && (
        <>
          {' '}
          on <When at={decision.date} />
        </>
      )}
      {decision.deciders.length > 0 && ` by ${decision.deciders.map(shortName).join(', ')}`}.{' '}
      {newer && (
        <>
          Replaced by <GoTo id={newer.ref}>{newer.title}</GoTo>.{' '}
        </>
      )}
      {broken(decision) && <b className={classes.overdue}>It asks to be looked at again: {broken(decision)}. </b>}
      {decision.overdue && decision.revisitBy && (
        <b className={classes.overdue}>
          It should have been looked at again by <When at={decision.revisitBy} />.
        </b>
      )}
    </p>
  )
}

/** Why it asks to be looked at again, from what it watches. */
function broken({ assumptions, tripwires }: Decision): string {
  const beyond = (limits: Decision['assumptions']) => limits.some(({ judgement }) => judgement.state === 'missed')
  return [...(beyond(assumptions) ? ['a reason no longer holds'] : []), ...(beyond(tripwires) ? ['a tripwire fired'] : [])].join(', and ')
}

/** What people asked about it before it is decided again. */
function Asked({ asked }: Pick<Decision, 'asked'>) {
  if (asked.length === 0) return null
  return (
    <section aria-label="Asked">
      <h2>Asked</h2>
      <ul className={classes.asked}>
        {asked.map((one) => (
          <li key={one.id}>
            {one.text} <AskedBy asked={one} />
          </li>
        ))}
      </ul>
      <p className="quiet small">
        Each stands until it is called settled on <Go to={urls.monday()}>Monday</Go>.
      </p>
    </section>
  )
}

/** What it replaced and what replaced it, oldest first. */
function Chain({ decision }: { decision: Decision }) {
  if (decision.chain.length < 2) return null
  return (
    <section aria-label="What replaced what">
      <h2>
        <Term of="superseded">What replaced what</Term>
      </h2>
      <ol className={classes.chain}>
        {decision.chain.map((one) => (
          <li key={one.ref} aria-current={one.ref === decision.ref || undefined}>
            {one.ref === decision.ref ? <b>{one.title}</b> : <GoTo id={one.ref}>{one.title}</GoTo>}
            <div className="quiet small">
              {one.status}
              {one.date && (
                <>
                  , <When at={one.date} />
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Facts({ decision }: { decision: Decision }) {
  const facts: [string, readonly string[]][] = [
    ['Serves', decision.serves],
    ['Argues for', decision.supports],
    ['Goes against', decision.against],
    ['Affects', decision.affects],
    ['Owner', decision.owner ? [decision.owner] : []],
  ]
  const known = new Set([decision.ref, ...facts.flatMap(([, refs]) => refs), ...decision.supersedes, ...decision.supersededBy])
  const further = decision.links
    .map((link) => ({ type: link.type, other: link.from === decision.ref ? link.to : link.from }))
    .filter((link) => !known.has(link.other))
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, refs]) => refs.length > 0)
        .map(([name, refs]) => (
          <div key={name}>
            <dt>{name}</dt>
            {refs.map((ref) => (
              <dd key={ref}>
                <GoTo id={ref} />
              </dd>
            ))}
          </div>
        ))}
      {further.length > 0 && (
        <div>
          <dt>Linked with</dt>
          {further.slice(0, 12).map((link) => (
            <dd key={`${link.type} ${link.other}`}>
              <GoTo id={link.other} />
            </dd>
          ))}
          {further.length > 12 && (
            <dd>
              <Go to={urls.throughline()} search={{ from: decision.ref }}>
                and {further.length - 12} more
              </Go>
            </dd>
          )}
        </div>
      )}
      {decision.revisitBy && (
        <div>
          <dt>Look at it again by</dt>
          <dd>
            <When at={decision.revisitBy} />
          </dd>
        </div>
      )}
      {decision.file && (
        <div>
          <dt>Stated in</dt>
          <dd>
            <code>{decision.file}</code>
          </dd>
          <dd className="quiet small">
            To replace it, there: <code>throughline decision supersede</code>
          </dd>
        </div>
      )}
    </dl>
  )
}
