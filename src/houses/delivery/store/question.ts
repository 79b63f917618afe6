import type { Duration, DeploymentSide } from '../assess/index.ts'

/** What a measure asks of the derived rows. */
export type Question =
  | { of: 'duration'; duration: Duration; waiting: boolean }
  | { of: 'size' }
  | { of: 'deployments'; side: DeploymentSide }
  | { of: 'recovery' }
