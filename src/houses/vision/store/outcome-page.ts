import { formatInstant, lastDays, type Ref, refNamespace, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { annotationsOf, wholeBuckets } from '../../../ground/measures/index.ts'
import { workDone, workShares } from '../../delivery/index.ts'
import { readOutcome } from '../intent/index.ts'
import type { OutcomePage } from '../tell/outcome-page.ts'
import { outcomeView } from '../tell/outcome-view.ts'
import { inverseCounts } from './link-counts.ts'
import type { Moment } from './moment.ts'
import { type JudgedOutcome, judgedOutcome } from './outcomes.ts'

const DAYS = 28
/** Pieces of work told by name. */
const LATEST = 10

type Context = Pick<Ground, 'catalog' | 'measures' | 'store' | 'ledger'>

/** One outcome with all that is known of it: its judgement, what else happened, what work serves it. */
export async function outcomePage(ref: Ref, moment: Moment, context: Context): Promise<OutcomePage> {
  const { asOf } = moment
  const entity = await context.catalog.get(ref, asOf)
  const outcome = entity && readOutcome(entity)
  if (!outcome)
    throw new Refusal('outcome.not_found', `No outcome is called ${ref}`, {
      status: 404,
      fix: 'See /outcomes for all of them.',
      path: 'ref',
    })
  const judged = await judgedOutcome(outcome, moment, context)
  const links = await inverseCounts([outcome.ref], context.catalog, asOf)
  return {
    outcome: outcomeView(judged, links.get(outcome.ref) ?? {}),
    annotations: await happened(judged, moment, context),
    work: await workFor(outcome.ref, moment, context),
  }
}

async function happened({ outcome, series }: JudgedOutcome, { at, asOf }: Moment, context: Context): Promise<OutcomePage['annotations']> {
  const [first] = series
  if (!first) return []
  const buckets = wholeBuckets({ from: Date.parse(first.window.from), to: at }, 'week', 'UTC')
  return annotationsOf({ subject: outcome.subject, buckets, at, asOf }, context)
}

async function workFor(ref: Ref, { at, asOf }: Moment, { store, ledger }: Context): Promise<OutcomePage['work']> {
  const window = lastDays(at, DAYS)
  const shares = workShares(await workDone({ store, ledger }, { namespace: refNamespace(ref), window, at, asOf }))
  const own = shares.outcomes.find((outcome) => outcome.ref === ref)
  return {
    from: formatInstant(window.from),
    to: formatInstant(window.to),
    count: own?.count ?? 0,
    n: shares.n,
    share: shares.n === 0 ? null : (own?.share ?? 0),
    latest: (own?.units ?? [])
      .toSorted((a, b) => b.at - a.at)
      .slice(0, LATEST)
      .map(({ node, title, at: done }) => ({ id: node, title, at: formatInstant(done) })),
  }
}
