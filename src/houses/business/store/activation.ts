import type { DeclaredBy, CollectAsk, Collected, MeasureDefinition } from '../../../ground/measures/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { milliseconds } from './duration.ts'
import { type Base, happened, isActor, presenceOf, scopeOf, span } from './scope.ts'
import { type Outcome, startRows } from './start-rows.ts'
import { countStarts } from './starts.ts'
import { isSmall, nobodyBegan, TOO_FEW } from './unknown.ts'

/** Who began and who of them reached the event that shows value in time: a share of those whose time is over. */
export async function collectActivation(
  base: Base,
  { start, value, within }: DeclaredBy<'activation'>['source'],
  ask: CollectAsk,
): Promise<Collected[]> {
  const scope = await scopeOf(base, ask)
  const time = milliseconds(within)
  const counts = await countStarts(base, scope, start, {
    event: value,
    over: sql`b.at + ${span(time)} <= ${instant(scope.horizon)}`,
    inTime: sql`e.at >= b.at and e.at < b.at + ${span(time)}`,
  })
  const presence = await presenceOf(base, scope, start)
  return counts.map(({ of, hits, open, repeated }, piece): Collected => {
    const common = { excluded: { still_open: open, repeated_start: repeated }, withData: presence[piece]!.withData }
    const over = ask.pieces[piece]!.window.to + time
    if (of === 0) return { shape: 'nothing', ...common, unknown: nobodyBegan(start, presence[piece]!, open, over) }
    if (isSmall(ask.pieces.length, of)) return { shape: 'nothing', ...common, unknown: TOO_FEW }
    return { shape: 'share', hits, of, ...common }
  })
}

/** How an organisation's own measure of activation is answered. */
export function activationMeasure(
  base: Base,
  declared: DeclaredBy<'activation'>,
): Pick<MeasureDefinition, 'definition' | 'collect' | 'rows'> {
  const { source } = declared
  return {
    definition: `Share of those whose first "${source.start}" lies in the window that reached "${source.value}" less than ${source.within} after it. Only those whose ${source.within} are over count; the others are told apart.`,
    collect: (ask) => collectActivation(base, source, ask),
    rows: async (ask) => startRows(base, source.start, ask, await activationOutcome(base, source, ask)),
  }
}

async function activationOutcome(base: Base, { value, within }: DeclaredBy<'activation'>['source'], ask: CollectAsk): Promise<Outcome> {
  const scope = await scopeOf(base, ask)
  const time = milliseconds(within)
  return {
    reached: sql`(select min(e.at) from ${happened(scope, value)} and ${isActor(scope, sql`n.actor`)} and e.at >= n.at and e.at < n.at + ${span(time)})`,
    over: (at: number) => at + time <= scope.horizon,
    open: 'still_open',
  }
}
