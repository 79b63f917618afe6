import type { Ground } from '../../ground/index.ts'
import { registerSources } from './measures.ts'

/** Registers what this house owns: how measures declared of product events are answered. */
export function installBusiness(ground: Ground): void {
  registerSources(ground)
}
