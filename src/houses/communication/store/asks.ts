import { type Instant, type Ref, refKind, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { readDecision } from '../../vision/index.ts'
import { toDecide } from '../decide/deciding.ts'
import { watchedOf } from './watching.ts'

/** What decisions among these things ask of people: to be looked at again, because a reason broke, a tripwire fired or their day passed. */
export async function asksOf(
  refs: readonly Ref[],
  asOf: Instant,
  ground: Pick<Ground, 'catalog' | 'measures'>,
): Promise<Map<Ref, string[]>> {
  const asks = new Map<Ref, string[]>()
  for (const ref of refs.filter((one) => refKind(one) === 'decision')) {
    const entity = await ground.catalog.get(ref, asOf)
    if (!entity) continue
    const decision = readDecision(entity)
    const watched = await watchedOf([decision], { scope: refNamespace(ref), at: asOf, asOf }, ground)
    const found = toDecide({
      decisions: [decision],
      ...watched,
      exceptions: [],
      breaking: new Map(),
      suggestions: 0,
      review: null,
      firing: [],
      held: [],
      owners: new Map(),
      at: asOf,
    }).flatMap((item) =>
      item.kind === 'assumption_broken'
        ? [`Asks to be looked at again, its reason no longer holds: ${item.judgement.rule}.`]
        : item.kind === 'tripwire_fired'
          ? [`Asks to be looked at again, a tripwire fired: ${item.judgement.rule}.`]
          : item.kind === 'revisit'
            ? ['Asks to be looked at again: the day for it has passed.']
            : [],
    )
    if (found.length > 0) asks.set(ref, found)
  }
  return asks
}
