import type { Duration, DeploymentSide } from '../assess/index.ts'

/** What a measure asks of the derived rows. */
export type Question = AboutChanges | AboutDeployments

export type AboutChanges = { of: 'duration'; duration: Duration; waiting: boolean } | { of: 'size' }
export type AboutDeployments = { of: 'deployments'; side: DeploymentSide } | { of: 'recovery' }
