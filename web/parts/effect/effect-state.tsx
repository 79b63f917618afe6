import { State } from '../../ui/state/index.ts'
import type { Told } from './told.ts'

/** Whether something changed, and whether that is good, as word and shape. */
export function EffectState({ told: { verdict, better, effect, difference } }: { told: Told }) {
  if (verdict === 'not_enough_data') return <State state="unknown" words="Not enough data" />
  if (verdict === 'no_effect') return <State state="at_risk" words="No effect shown" />
  if (!better) return <State state="on_course" words="Changed" />
  const isBetter = (effect ?? difference?.value ?? 0) > 0 === (better === 'higher')
  return isBetter ? <State state="met" words="For the better" /> : <State state="missed" words="For the worse" />
}
