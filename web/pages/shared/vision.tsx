import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type Answer, server } from '../../api/index.ts'
import { formatQuantity } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { capitalised, When } from '../../ui/text/index.ts'
import { Opened, useSecret } from './opened.tsx'
import classes from './shared.module.css'

type Shared = Answer<'shared.vision'>

/** The vision as whoever has a link reads it, without an account: the page alone, to read and to print. */
export default function SharedVisionPage() {
  const secret = useSecret()
  const { data, error } = useQuery({
    queryKey: ['shared.vision', secret],
    queryFn: () => server.call('shared.vision', { secret: secret || '-' }),
    retry: false,
  })
  return (
    <Opened error={error} loaded={data !== undefined}>
      {() => <Read shared={data!} />}
    </Opened>
  )
}

function Read({ shared }: { shared: Shared }) {
  return (
    <Page
      title={shared.title}
      asks={
        shared.horizon
          ? `Where we want to be by ${shared.horizon.slice(0, 4)}, and how it stands.`
          : 'Where we want to be, and how it stands.'
      }
      answer={<Signed review={shared.review} />}
      actions={
        <Button icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      }
    >
      <div className={classes.statement}>
        {shared.statement.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {shared.outcomes.length > 0 && (
        <Section title="Outcomes" note="most important first">
          <ol className={classes.things}>
            {shared.outcomes.map((outcome) => (
              <li key={outcome.ref}>
                <div className={classes.thingHead}>
                  <h3>{outcome.title}</h3>
                  <State state={outcome.state} />
                </div>
                <p>{outcome.statement}</p>
                {outcome.target && (
                  <p className="quiet small">
                    Promised:{' '}
                    {outcome.target.value === null ? outcome.target.text : formatQuantity(outcome.target.value, outcome.target.unit)} by{' '}
                    <When at={outcome.target.by} />. {capitalised(outcome.because)}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
      {shared.principles.length > 0 && (
        <Section title="Principles">
          <ul className={classes.things}>
            {shared.principles.map((principle) => (
              <li key={principle.ref}>
                <div className={classes.thingHead}>
                  <h3>{principle.title}</h3>
                  <State state={principle.state} words={PRINCIPLE[principle.state]} />
                </div>
                <p>{principle.statement}</p>
                {principle.forbids.length > 0 && <p className="quiet small">We say no to: {principle.forbids.join('; ')}.</p>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className={classes.foot}>
        {shared.words} of 300 words. As known on <When at={shared.asOf} clock />.
        {shared.expiresAt && (
          <>
            {' '}
            This link ends on <When at={shared.expiresAt} />.
          </>
        )}
      </p>
    </Page>
  )
}

const PRINCIPLE = { met: 'Held', on_course: 'Held', at_risk: 'Shaky', missed: 'Broken', unknown: 'Unknown' } as const

/** Who stands behind it. */
function Signed({ review }: Pick<Shared, 'review'>) {
  if (!review) return <p>Not reviewed yet: nobody has signed it.</p>
  const { signed, unsigned, closed, changedSince } = review
  return (
    <p>
      {signed.length === 0 ? 'Nobody has signed it' : `${capitalised(listed(signed))} ${signed.length === 1 ? 'has' : 'have'} signed it`},
      in the review closed on <When at={closed} />
      {unsigned.length > 0 && signed.length > 0 && `; ${listed(unsigned)} ${unsigned.length === 1 ? 'has' : 'have'} not`}.
      {changedSince && ' It has been changed since.'}
    </p>
  )
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
