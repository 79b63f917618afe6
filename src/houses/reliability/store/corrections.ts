import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Correction, Slo } from '../intent/model.ts'

/** The corrections of each promise, as stated at a moment. */
export async function correctionsFor(
  _ground: Pick<Ground, 'catalog'>,
  _slos: readonly Slo[],
  _asOf: Instant | null,
): Promise<Map<Ref, Correction[]>> {
  return new Map()
}
