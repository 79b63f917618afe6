import { GoTo } from '../../../app/go.tsx'
import { recordOf } from '../../../app/urls.ts'
import { BarList } from '../../../ui/chart/index.ts'
import { plural } from '../../../ui/figure/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { When } from '../../../ui/text/index.ts'
import { minutes, percent } from '../words.ts'
import type { SloPage } from './asks.ts'

const SHOWN = 8

/** Deployments by what was spent between each and the next: where to look, not who is to blame. */
export function Spenders({ page: { spenders } }: { page: SloPage }) {
  const spent = spenders.filter(({ share }) => share > 1e-9)
  const deployments = spenders.filter(({ id }) => id !== null).length
  if (spent.length === 0) return null
  return (
    <Section
      title="What spent it"
      note={`minutes of the budget spent between a deployment and the next, of ${plural(deployments, 'deployment')}; that something came after is not yet that it came from it`}
    >
      {deployments === 0 && <p className="quiet">No deployment to production is known in the window, so all of it is before any.</p>}
      <BarList
        title="What spent the budget"
        bars={spent.slice(0, SHOWN).map(({ id, of, commit, at, minutes: lost, share }) => ({
          key: id ?? 'before',
          label: id ? (
            <>
              <GoTo id={recordOf(id, of ?? undefined)}>{commit?.slice(0, 7)}</GoTo>{' '}
              <span className="quiet small">
                <When at={at} clock />
              </span>
            </>
          ) : (
            'before the first deployment'
          ),
          value: lost,
          words: `${minutes(lost)}\u00a0min`,
          detail: percent(Number(share.toPrecision(3))),
        }))}
        twin={{
          heads: ['deployment', 'commit', 'from', 'until', 'minutes', 'share of the budget'],
          rows: spent.map(({ id, commit, at, until, minutes: lost, share }) => [
            id ?? 'before the first deployment',
            commit,
            at,
            until,
            lost,
            share,
          ]),
        }}
      />
    </Section>
  )
}
