import type { Ground } from '../../../ground/index.ts'
import type { Cuts } from '../assess/index.ts'
import { correctionsFor } from '../corrections/index.ts'
import type { Correction } from '../intent/index.ts'
import type { KnownSlo } from './asks.ts'
import { firstToldOf } from './first.ts'

/** What does not count for each of some promises, as known at its moment. */
export async function cutsFor(
  ground: Pick<Ground, 'store' | 'catalog'>,
  of: readonly KnownSlo[],
): Promise<(one: KnownSlo) => Cuts & { corrections: readonly Correction[] }> {
  const corrections = await correctionsFor(ground, of)
  const since = await firstToldOf(
    ground.store,
    of.filter(({ slo: { silence } }) => silence !== 'unknown'),
  )
  return (one) => ({ corrections: corrections(one), since: since(one) })
}
