import { useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { placeOf, urls } from '../../app/urls.ts'
import { AskedBy } from '../../parts/asked-by.tsx'
import { plural } from '../../ui/figure/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { sentence, When } from '../../ui/text/index.ts'
import { AskOwner } from './ask-owner.tsx'
import classes from './monday.module.css'
import { useAnswers } from './use-answers.ts'

type Item = Answer<'monday'>['decide'][number]

/** What waits for somebody: the question, whose it is, what happens if nobody answers; approve that, choose other, or ask. */
export function Decide({ items }: { items: readonly Item[] }) {
  const answers = useAnswers()
  const [asking, setAsking] = useState<Item>()
  const open = items.filter(({ kept }) => !kept)
  const kept = items.filter((item) => item.kept)
  return (
    <Section title={open.length > 0 ? `Decide (${open.length})` : 'Decide'}>
      {open.length === 0 ? (
        <p className="quiet">Nothing waits for a decision.</p>
      ) : (
        <ol className={classes.decide}>
          {open.map((item) => (
            <li key={item.key}>
              <div className={classes.question}>
                <b>{item.question}</b>
                <Details item={item} onSettle={(asked) => void answers.settle(asked)} />
              </div>
              <div className={classes.answers} data-screen-only>
                {item.default && (
                  <Button busy={answers.busy} title={item.default} onClick={() => void answers.keep(item)}>
                    {DEFAULTS[item.kind]}
                    <span className="visually-hidden">
                      : {item.question} {item.default}
                    </span>
                  </Button>
                )}
                <Go to={placeToDecide(item)} search={searchToDecide(item)} className={buttonClass}>
                  {VERBS[item.kind]}
                </Go>
                <Button look="quiet" onClick={() => setAsking(item)}>
                  Ask<span className="visually-hidden"> about “{item.question}”</span>
                </Button>
              </div>
            </li>
          ))}
        </ol>
      )}
      {kept.length > 0 && <Approved items={kept} onBack={(item) => void answers.reopen(item)} />}
      {asking && (
        <AskOwner
          item={asking}
          busy={answers.busy}
          ask={async (question) => (await answers.ask(asking, question)) !== undefined}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  )
}

/** Defaults that were taken, by whom, with the way back. */
function Approved({ items, onBack }: { items: readonly Item[]; onBack: (item: Item) => void }) {
  return (
    <details className={classes.aside}>
      <summary>{plural(items.length, 'default')} taken</summary>
      <ul className={classes.unknowns}>
        {items.map((item) => (
          <li key={item.key}>
            <span>
              {item.question} {item.default} Taken by {shortName(item.kept!.by)} on <When at={item.kept!.on} />; asked again on{' '}
              <When at={item.kept!.until} />.
            </span>
            <Button look="quiet" onClick={() => onBack(item)}>
              Decide it after all<span className="visually-hidden">: {item.question}</span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function placeToDecide({ kind, refs }: Item): string {
  if (kind === 'suggestions') return urls.evidence()
  if (kind === 'budget_burns') return urls.alerts()
  if (kind === 'gate_holds') return urls.gate()
  if (kind === 'proposals' && refs.length > 1) return urls.decisions()
  return kind === 'review_due' && refs.length === 1 ? urls.reviews() : placeOf(refs[0] ?? '')
}

function searchToDecide({ kind, refs }: Item): Record<string, string> {
  if (kind === 'gate_holds') return { component: refs[0]!.slice(refs[0]!.indexOf(':') + 1) }
  return kind === 'suggestions' ? { tab: 'suggestions' } : kind === 'proposals' ? { status: 'proposed' } : {}
}

/** Taking the default, in the verb that fits it. */
const DEFAULTS: Record<Item['kind'], string> = {
  budget_burns: 'Let it burn',
  gate_holds: 'Let it wait',
  assumption_broken: 'Approve',
  tripwire_fired: 'Approve',
  revisit: 'Approve',
  exception_expired: 'Let it count',
  exception_expiring: 'Let it end',
  review_due: 'Leave the order',
  proposals: 'Leave them open',
  suggestions: 'Leave them',
}

const VERBS: Record<Item['kind'], string> = {
  budget_burns: 'Open the alerts',
  gate_holds: 'See what holds it',
  assumption_broken: 'Look at it again',
  tripwire_fired: 'Look at it again',
  revisit: 'Look at it again',
  exception_expired: 'Open the exception',
  exception_expiring: 'Open the exception',
  review_due: 'Review it',
  proposals: 'Read the proposals',
  suggestions: 'Look through',
}

function Details({ item, onSettle }: { item: Item; onSettle: (asked: Item['asked'][number]) => void }) {
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
      {item.asked.map((asked) => (
        <div key={asked.id}>
          <dt>Asked</dt>
          <dd>
            {asked.text} <AskedBy asked={asked} />{' '}
            <Button look="quiet" onClick={() => onSettle(asked)}>
              Settled<span className="visually-hidden">: {asked.text}</span>
            </Button>
          </dd>
        </div>
      ))}
    </dl>
  )
}
