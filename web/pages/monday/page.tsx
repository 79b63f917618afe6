import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { GroundedClaim } from '../../parts/grounds.tsx'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State, STATE_WORDS } from '../../ui/state/index.ts'
import { formatMoment, sentence } from '../../ui/text/index.ts'
import { COMPARED, mondayAsk } from './asks.ts'
import { Changed } from './changed.tsx'
import { Compared } from './compared.tsx'
import { Decide } from './decide.tsx'
import { ExampleNote } from './example-note.tsx'
import classes from './monday.module.css'
import { NothingYet } from './nothing-yet.tsx'
import { Unknowns } from './unknowns.tsx'
import { WorkBar } from './work-bar.tsx'

type Monday = Answer<'monday'>

export default function MondayPage() {
  const { search, standpoint } = useAddress()
  const monday = useLoaded(mondayAsk(search))
  if (isBare(monday)) return <NothingYet scope={standpoint.scope} />
  return (
    <Page
      title="Monday"
      asks={`Are we on course, and what should we decide? ${formatMoment(monday.at)}.`}
      answer={<GroundedClaim claim={monday.headline} />}
      actions={
        <>
          <Go to={urls.monday()} search={monday.compared ? {} : { compare: COMPARED }} className={buttonClass}>
            {monday.compared ? 'Stop comparing' : 'Compare with last week'}
          </Go>
          <Go to={urls.brief()} className={buttonClass}>
            Send one page
          </Go>
        </>
      }
    >
      {monday.compared && <Compared compared={monday.compared} />}
      <Outcomes outcomes={monday.outcomes} />
      {monday.story.map((part) => (
        <Section key={part.title} title={part.title}>
          <ul className={classes.claims}>
            {part.claims.map((claim) => (
              <li key={claim.text}>
                <GroundedClaim claim={claim} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {monday.work && <WorkBar work={monday.work} />}
      <Decide items={monday.decide} />
      <Changed />
      {monday.decisions.length > 0 && (
        <Section title="Decided lately">
          <ul className={classes.claims}>
            {monday.decisions.map((claim) => (
              <li key={claim.text}>
                <GroundedClaim claim={claim} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Unknowns unknown={monday.unknown} />
      {standpoint.scope === 'example' && <ExampleNote />}
    </Page>
  )
}

/** One sentence each, worst first. */
function Outcomes({ outcomes }: { outcomes: Monday['outcomes'] }) {
  if (outcomes.length === 0) return null
  return (
    <ul className={classes.outcomes} aria-label="Outcomes, worst first">
      {outcomes.map((outcome) => (
        <li key={outcome.ref}>
          <div className={classes.state}>
            <State state={outcome.state} />
          </div>
          <div className={classes.words}>
            <h2>
              <GoTo id={outcome.ref}>{outcome.title}</GoTo>
            </h2>
            <GroundedClaim claim={outcome.claim} text={withoutHead(outcome)} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** The sentence without what the heading and the state beside it already say. */
function withoutHead({ title, state, claim }: Monday['outcomes'][number]): string {
  const head = `${title} is ${STATE_WORDS[state].toLowerCase()}: `
  return claim.text.startsWith(head) ? sentence(claim.text.slice(head.length)) : claim.text
}

function isBare(monday: Monday): boolean {
  return monday.outcomes.length === 0 && monday.story.every((part) => part.title === 'First step') && !monday.work
}
