import { Section } from '../../../ui/page/index.ts'
import { Term } from '../../../ui/text/index.ts'
import { times } from '../words.ts'
import type { SloPage } from './asks.ts'
import classes from './slo.module.css'

const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const
const WORDS: Record<(typeof WINDOWS)[number], string> = {
  '5m': '5 minutes',
  '30m': '30 minutes',
  '1h': 'hour',
  '2h': '2 hours',
  '6h': '6 hours',
  '1d': 'day',
  '3d': '3 days',
}

/** How fast the budget burns, from the last minutes to the last days. */
export function Burns({ status: { burn } }: { status: SloPage['status'] }) {
  return (
    <Section
      title="Burn"
      note={
        <>
          how many times as fast as allowed the budget was spent (<Term>burn rate</Term>); at 1 the budget lasts exactly the window
        </>
      }
    >
      <dl className={classes.burns}>
        {WINDOWS.map((window) => (
          <div key={window} data-fast={(burn[window] ?? 0) > 1 || undefined}>
            <dt>last {WORDS[window]}</dt>
            <dd>{burn[window] === null ? <span className="quiet">unknown</span> : `${times(burn[window])} ×`}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
