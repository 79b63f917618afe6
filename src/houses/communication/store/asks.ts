import { type Instant, type Ref, refKind, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type DecisionIntent, readDecision } from '../../vision/index.ts'
import { toDecide, type ToDecide } from '../decide/deciding.ts'
import { watchedOf } from './watching.ts'

/** What decisions among these things ask of people: to be looked at again, because a reason broke, a tripwire fired or their day passed. */
export async function asksOf(
  refs: readonly Ref[],
  asOf: Instant,
  ground: Pick<Ground, 'catalog' | 'measures'>,
): Promise<Map<Ref, string[]>> {
  const asked = refs.filter((one) => refKind(one) === 'decision')
  const asks = new Map<Ref, string[]>()
  if (asked.length === 0) return asks
  const decisions = (await ground.catalog.list({ refs: asked }, asOf)).map(readDecision)
  for (const [scope, own] of Map.groupBy(decisions, ({ ref }) => refNamespace(ref))) {
    const watched = await watchedOf(own, { scope, at: asOf, asOf }, ground)
    for (const { ref, says } of toldBy(own, watched, asOf)) asks.set(ref, [...(asks.get(ref) ?? []), says])
  }
  return asks
}

function toldBy(
  decisions: readonly DecisionIntent[],
  watched: Awaited<ReturnType<typeof watchedOf>>,
  at: Instant,
): { ref: Ref; says: string }[] {
  return toDecide({
    decisions,
    ...watched,
    exceptions: [],
    breaking: new Map(),
    suggestions: 0,
    review: null,
    firing: [],
    held: [],
    owners: new Map(),
    at,
  }).flatMap((item) => {
    const says = wordsFor(item)
    return says === null || !('decision' in item) ? [] : [{ ref: item.decision.ref, says }]
  })
}

function wordsFor(item: ToDecide): string | null {
  switch (item.kind) {
    case 'assumption_broken':
      return `Asks to be looked at again, its reason no longer holds: ${item.judgement.rule}.`
    case 'tripwire_fired':
      return `Asks to be looked at again, a tripwire fired: ${item.judgement.rule}.`
    case 'revisit':
      return 'Asks to be looked at again: the day for it has passed.'
    default:
      return null
  }
}
