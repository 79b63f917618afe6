import { DAY, formatInstant, type Instant, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { type Asked, holdings, type Passage, passages, type Shipped } from '../assess/index.ts'
import type { ShareView } from '../tell/share.ts'
import { shareWords } from '../tell/share-words.ts'
import { deployedOf } from './trial/releases.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog'>

/** How long before a span somebody may have asked for a release in it. */
const BEFORE = 30 * DAY
const MOST_LISTED = 200

/** How the releases of a span passed the gate, and what it held, caught and cost. */
export async function gateShare(
  { scope, environment, window, asOf }: { scope: string; environment: string; window: Window; asOf: Instant },
  context: Context,
): Promise<Omit<ShareView, 'scope' | 'environment' | 'from' | 'to' | 'asOf'>> {
  const deployed = await deployedOf([`namespace:${scope}`], { environment, to: Math.min(window.to, asOf), asOf, failures: false }, context)
  const shipped = deployed
    .flatMap(({ component, deployments }) =>
      deployments.map(({ id, commit, startedAt, finishedAt, failed }): Shipped => ({
        component,
        id,
        commit,
        startedAt,
        finishedAt,
        failed,
      })),
    )
    .filter(({ finishedAt }) => finishedAt >= window.from)
  const asked = await askedIn({ scope, environment, window: { from: window.from - BEFORE, to: Math.min(window.to, asOf) } }, context)
  const passed = passages(shipped, asked)
  const count = (of: Passage) => passed.filter(({ passage }) => passage === of).length
  const sum = {
    releases: shipped.length,
    went: count('went'),
    overrode: count('overrode'),
    against: count('against'),
    unasked: count('unasked'),
  }
  const holding = holdings(
    shipped,
    asked.filter(({ at }) => at >= window.from),
    Math.min(window.to, asOf),
  )
  return {
    ...sum,
    ...holding,
    asks: asked.filter(({ at }) => at >= window.from).length,
    words: shareWords(sum, holding),
    listed: passed
      .filter(({ passage }) => passage !== 'went')
      .sort((a, b) => b.release.finishedAt - a.release.finishedAt)
      .slice(0, MOST_LISTED)
      .map(({ release: { component, id, commit, finishedAt, failed }, passage }) => ({
        component,
        id,
        commit,
        at: formatInstant(finishedAt),
        failed,
        passage,
      })),
  }
}

async function askedIn(
  { scope, environment, window }: { scope: string; environment: string; window: Window },
  { store }: Context,
): Promise<Asked[]> {
  return store.query<Asked>(sql`
    select q.component, a.commit, q.at, a.verdict, a.overridden from gate_ask q join gate_answer a on a.component = q.component and a.id = q.answer
    where split_part(split_part(q.component, ':', 2), '/', 1) = ${scope} and a.environment = ${environment} and q.at >= ${instant(window.from)} and q.at < ${instant(window.to)}
    order by q.at`)
}
