import { useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { useEntityOffers } from '../../parts/editing/offers.ts'
import { LIVED_STATES, worstLivedFirst } from '../../parts/principle-states.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Button, buttonClass, TextField } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { formatMoment, Term, When } from '../../ui/text/index.ts'
import { type Applies, appliesAsk, askedIn } from './asks.ts'
import classes from './applies.module.css'
import { MayShip } from './may-ship.tsx'

const ASKS = 'What binds a change here, who reviews it, and may it ship?'

/** Before a change: given a component or a path, the principles, decisions and exceptions that bind it, the budget left, and the gate. */
export default function AppliesPage() {
  const { search } = useAddress()
  const asked = askedIn(search)
  return asked ? <Told asked={asked} /> : <NothingNamed />
}

function Told({ asked }: { asked: NonNullable<ReturnType<typeof askedIn>> }) {
  const { search } = useAddress()
  const told = useLoaded(appliesAsk(search, asked))
  const { components, decisions, exceptions, notes } = told
  const [only] = components.length === 1 ? components : []
  return (
    <Page
      title="What applies here?"
      asks={ASKS}
      answer={<p>{inWords(told)}</p>}
      actions={
        only?.declared && (
          <Go to={urls.entity(only.ref)} className={buttonClass}>
            Open {only.title}
          </Go>
        )
      }
    >
      <AskForm key={search.of} />
      {notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      {components.map((component) => (
        <MayShip key={component.ref} component={component} named={components.length > 1} />
      ))}
      <Principles principles={told.principles} />
      <Section title="Decisions" note="what they say about this place comes first">
        {decisions.length === 0 ? (
          <p className="quiet">No decision binds it.</p>
        ) : (
          <ul className={classes.list}>
            {decisions.map(({ ref, title, status, date, because }) => (
              <li key={ref}>
                <span>
                  <GoTo id={ref}>{title}</GoTo>{' '}
                  <span className="quiet">
                    {status}
                    {date && (
                      <>
                        {' '}
                        on <When at={date} />
                      </>
                    )}
                  </span>
                </span>
                <span className="quiet small">{because.startsWith('it affects') ? 'names what you change' : 'binds everything here'}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={<Term of="exception">Exceptions</Term>} note="always with an end">
        {exceptions.length === 0 ? (
          <p className="quiet">None is open here.</p>
        ) : (
          <ul className={classes.list}>
            {exceptions.map(({ ref, title, reason, until, soon }) => (
              <li key={ref}>
                <span>
                  <GoTo id={ref}>{title}</GoTo>: {reason}
                </span>
                <span>
                  {soon && (
                    <>
                      <State state="at_risk" words="Ends soon" />{' '}
                    </>
                  )}
                  until <When at={until} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  )
}

function Principles({ principles }: { principles: Applies['principles'] }) {
  return (
    <Section title={<Term of="principle">Principles</Term>} note="how they are lived here, broken first">
      {principles.length === 0 ? (
        <p className="quiet">
          No principle is written yet. <Go to={urls.principleNew()}>Write one</Go>
        </p>
      ) : (
        <ul className={classes.list}>
          {worstLivedFirst(principles).map(({ ref, title, state, forbids, because }) => (
            <li key={ref} className={classes.principle}>
              <State {...LIVED_STATES[state]} />
              <div>
                <GoTo id={ref}>{title}</GoTo>
                {forbids.length > 0 && <p>Forbids {forbids.join('; ')}.</p>}
                <p className="quiet small">
                  {because.length > 0 ? because.join('; ') : 'Nothing measured here shows whether it is lived.'}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** "Changes to Checkout are reviewed by booking. 1 of 5 principles is broken here, 4 decisions bind it, 1 exception is open until 3 May." */
function inWords({ components, principles, decisions, exceptions }: Applies): string {
  const broken = principles.filter(({ state }) => state === 'broken').length
  const [first] = components
  const whose =
    components.length === 0
      ? 'It belongs to no component that is known.'
      : components.length > 1
        ? `It belongs to ${plural(components.length, 'component')}.`
        : !first!.declared
          ? `Nobody declares ${first!.title}.`
          : first!.owner
            ? `Changes to ${first!.title} are reviewed by ${shortName(first!.owner)}.`
            : `Nobody owns ${first!.title}, so nobody is known to review it.`
  const lived =
    principles.length === 0
      ? 'no principle is written'
      : broken > 0
        ? `${broken} of ${plural(principles.length, 'principle')} ${broken === 1 ? 'is' : 'are'} broken here`
        : `${plural(principles.length, 'principle binds', 'principles bind')} it, none is broken here`
  const decided = `${plural(decisions.length, 'decision binds', 'decisions bind')} it`
  const [next] = exceptions.toSorted((a, b) => (a.until < b.until ? -1 : 1))
  const excepted = next
    ? `, ${plural(exceptions.length, 'exception is', 'exceptions are')} open, the first until ${formatMoment(next.until)}`
    : ''
  return `${whose} ${lived[0]!.toUpperCase()}${lived.slice(1)}, ${decided}${excepted}.`
}

/** Asks about a component or a path. */
function AskForm() {
  const { search, set } = useAddress()
  const components = useEntityOffers('component')
  const [of, setOf] = useState(search.of ?? '')
  return (
    <form
      className={classes.ask}
      data-screen-only
      onSubmit={(event) => {
        event.preventDefault()
        set({ of: of.trim() || undefined }, { push: true })
      }}
    >
      <TextField
        label="Component or path"
        value={of}
        onChange={setOf}
        offers={components.map(({ value, label }) => ({ value: shortName(value), label }))}
        placeholder="checkout, or services/checkout/src"
      />
      <Button type="submit" look={search.of ? 'plain' : 'primary'} disabled={of.trim() === ''}>
        Look
      </Button>
    </form>
  )
}

function NothingNamed() {
  return (
    <Page title="What applies here?" asks={ASKS} answer={<p>Name what you are about to change, and read what binds it.</p>}>
      <AskForm />
      <EmptyState
        title="Principles, decisions, exceptions, the budget left and the gate would be here"
        why="Everything that has a say in a change, in one place: before it is written, by people and by coding agents."
        command="throughline applies src/checkout"
      />
    </Page>
  )
}
