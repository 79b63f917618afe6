import { Go, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { Copyable } from '../../ui/text/index.ts'
import classes from './cost.module.css'
import type { Cost } from './asks.ts'

const SHOWN = 8

/** What nobody claims, the dearest first, each with what would allocate it. */
export function Unallocated({ cost: { unallocated, currency, by, cost } }: { cost: Cost }) {
  if (unallocated.lines === 0 || by === 'customer' || by === 'service') return null
  const parts = unallocated.parts.slice(0, SHOWN)
  return (
    <Section
      title="What nobody claims"
      note={`${formatQuantity(unallocated.share, 'ratio')} of the cost, ${plural(unallocated.lines, 'line')}; never spread silently`}
    >
      <ul className={classes.left}>
        {parts.map((part) => (
          <li key={part.fix}>
            <b>{formatQuantity(part.amount, currency ?? '')}</b>{' '}
            {part.services.map(({ service }) => service ?? 'no service named').join(', ')}{' '}
            <span className="quiet">
              in{' '}
              {part.accounts.map((account, place) => (
                <span key={account}>
                  {place > 0 && ', '}
                  <Go to={urls.measure(`cost.${cost}`)} search={{ subject: account }}>
                    {shortName(account)}
                  </Go>
                </span>
              ))}
            </span>
            <Fix text={part.fix} />
          </li>
        ))}
      </ul>
      {unallocated.total > parts.length && (
        <p className="quiet small">and {plural(unallocated.total - parts.length, 'more', 'more')}; all of them: throughline cost --json</p>
      )}
    </Section>
  )
}

/** An annotation can be copied as it is. */
function Fix({ text }: { text: string }) {
  const place = text.search(/throughline\.dev\//)
  if (place === -1) return <p className={classes.fix}>{text}</p>
  return (
    <p className={classes.fix}>
      {text.slice(0, place)}
      <Copyable label="the annotation">{text.slice(place)}</Copyable>
    </p>
  )
}
