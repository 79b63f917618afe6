import type { Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Cuts } from '../assess/index.ts'
import { correctionsFor } from '../corrections/index.ts'
import type { Correction, Slo } from '../intent/index.ts'
import { firstToldOf } from './first.ts'

/** What does not count for each of some promises, as known at a moment. */
export async function cutsFor(
  ground: Pick<Ground, 'store' | 'catalog'>,
  slos: readonly Slo[],
  asOf: Instant | null,
): Promise<(slo: Slo) => Cuts & { corrections: readonly Correction[] }> {
  const corrections = await correctionsFor(ground, slos, asOf)
  const since = await firstToldOf(
    ground.store,
    slos.filter(({ silence }) => silence !== 'unknown'),
    asOf,
  )
  return ({ ref }) => ({ corrections: corrections.get(ref) ?? [], since: since.get(ref) ?? null })
}
