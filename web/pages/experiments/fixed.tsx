import { Section } from '../../ui/page/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import type { Told } from './asks.ts'
import classes from './experiments.module.css'
import { amount, percent } from './standing.ts'

/** The rule, as it was written down. */
export function Fixed({ told: { rule, start, end, effect, unit } }: { told: Told }) {
  const before = rule.fixedAt <= start
  const facts: [string, React.ReactNode][] = [
    [
      'Written down',
      <>
        <When at={rule.fixedAt} />, {before ? 'before it began' : 'after it began'}
      </>,
    ],
    ['Expected', `${rule.expect} in the treatment`],
    ['Control', armWords(rule.arms.control)],
    ['Treatment', armWords(rule.arms.treatment)],
    [
      'From and to',
      <>
        <When at={start} /> to <When at={end} />
      </>,
    ],
    ['Smallest effect worth finding', effect === null ? String(rule.effect) : amount(effect, unit)],
    ['Risk of a false finding', `at most ${percent(rule.alpha)}, however often one looks`],
    ['Looks count from', `${formatCount(rule.least)} values in each arm on`],
  ]
  return (
    <Section title={<Term of="stop rule">What was fixed</Term>} note="a rule changed later does not count">
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function armWords({ subject, where, from, to }: Told['rule']['arms']['control']): string {
  const parts = [
    ...(subject ? [subject] : []),
    ...Object.entries(where ?? {}).map(([name, value]) => `${name} = ${value}`),
    ...(from ? [`from ${from}`] : []),
    ...(to ? [`to ${to}`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'every record of the measure'
}
