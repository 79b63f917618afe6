import { DAY, type Instant, type Ref, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { ExperimentSpec, readExperiment } from '../../experiments/index.ts'
import type { ExperimentSeen } from '../tell/effect.ts'

/** What was tried and what is asked about may be some weeks apart: it is tried before it is given to all. */
const NEAR = 56 * DAY

/**
 * A decided experiment on the same measure whose tried arm is the subject, at about the time of the change. One whose arms
 * are before and after is no stronger than a comparison and does not count.
 */
export async function experimentOn(
  { measure, subject, changedAt, at, asOf }: { measure: string; subject: Ref; changedAt: Instant; at: Instant; asOf: Instant },
  context: Pick<Ground, 'catalog' | 'measures' | 'ledger'>,
): Promise<ExperimentSeen | null> {
  const namespace = subject.startsWith('namespace:') ? subject.slice('namespace:'.length) : refNamespace(subject)
  const declared = await context.catalog.list({ kind: 'experiment', namespace, limit: 200 }, asOf)
  for (const { ref, spec } of declared) {
    const read = ExperimentSpec.safeParse(spec)
    if (!read.success || read.data.measure !== measure || read.data.arms.control.to !== undefined) continue
    if ((read.data.arms.treatment.subject ?? `namespace:${namespace}`) !== subject) continue
    const { state, start, end, test, control, treatment, title } = await readExperiment(ref, { at, asOf }, context)
    const isNear = changedAt >= Date.parse(start) - NEAR && changedAt <= Date.parse(end) + NEAR
    if (!isNear || !DECIDED.has(state) || test.difference === null || !test.interval || control.mean === null) continue
    const { low, high, level } = test.interval
    return {
      ref,
      title,
      n: control.n + treatment.n,
      control: control.mean,
      difference: { value: test.difference, low, high },
      level,
      isShown: test.crossedAt !== null,
    }
  }
  return null
}

const DECIDED = new Set(['supported', 'refuted', 'not_shown'])
