import type { Answer } from '../../api/index.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { placeOf, urls } from '../../app/urls.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { sentence, When } from '../../ui/text/index.ts'
import classes from './monday.module.css'

type Item = Answer<'monday'>['decide'][number]

/** What waits for somebody: the question, whose it is, what happens if nobody answers. */
export function Decide({ items }: { items: readonly Item[] }) {
  return (
    <Section title={items.length > 0 ? `Decide (${items.length})` : 'Decide'}>
      {items.length === 0 ? (
        <p className="quiet">Nothing waits for a decision.</p>
      ) : (
        <ol className={classes.decide}>
          {items.map((item) => (
            <li key={`${item.kind} ${item.refs.join(' ')}`}>
              <div className={classes.question}>
                <b>{item.question}</b>
                <Details item={item} />
              </div>
              <Go
                to={
                  item.kind === 'suggestions'
                    ? urls.evidence()
                    : item.refs.length > 1 && item.kind === 'proposals'
                      ? urls.decisions()
                      : item.kind === 'review_due' && item.refs.length === 1
                        ? urls.reviews()
                        : placeOf(item.refs[0] ?? '')
                }
                search={item.kind === 'suggestions' ? { tab: 'suggestions' } : item.kind === 'proposals' ? { status: 'proposed' } : {}}
                className={buttonClass}
                data-screen-only
              >
                {VERBS[item.kind]}
              </Go>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

const VERBS: Record<Item['kind'], string> = {
  assumption_broken: 'Look at it again',
  tripwire_fired: 'Look at it again',
  revisit: 'Look at it again',
  exception_expired: 'Open the exception',
  exception_expiring: 'Open the exception',
  review_due: 'Review it',
  proposals: 'Read the proposals',
  suggestions: 'Look through',
}

function Details({ item }: { item: Item }) {
  return (
    <dl className={classes.details}>
      {item.owner && (
        <div>
          <dt>Whose</dt>
          <dd>{/^\w+:/.test(item.owner) ? <GoTo id={item.owner}>{shortName(item.owner)}</GoTo> : item.owner}</dd>
        </div>
      )}
      {item.default && (
        <div>
          <dt>If nobody answers</dt>
          <dd>{item.default}</dd>
        </div>
      )}
      {item.by && (
        <div>
          <dt>By</dt>
          <dd>
            <When at={item.by} />
          </dd>
        </div>
      )}
      {item.because && (
        <div>
          <dt>Why</dt>
          <dd>{sentence(item.because)}</dd>
        </div>
      )}
      {item.waiting && (
        <div>
          <dt>Waiting costs</dt>
          <dd>{item.waiting}</dd>
        </div>
      )}
    </dl>
  )
}
