import { exampleOperations } from '../example.ts'
import { tableOperations } from '../tables/operations.ts'
import { catalogOperations } from '../../ground/catalog/index.ts'
import { identityOperations } from '../../ground/identity/index.ts'
import { intakeOperations } from '../../ground/intake/index.ts'
import { ledgerOperations } from '../../ground/ledger/index.ts'
import { benchmarkOperations, driverOperations, measureOperations, seriesOperations } from '../../ground/measures/index.ts'
import { peopleOperations } from '../../ground/people/index.ts'
import { businessOperations } from '../../houses/business/index.ts'
import { alertOperations, communicationOperations } from '../../houses/communication/index.ts'
import { costOperations } from '../../houses/cost/index.ts'
import { deliveryOperations } from '../../houses/delivery/index.ts'
import { experimentOperations } from '../../houses/experiments/index.ts'
import { governanceOperations } from '../../houses/governance/index.ts'
import { effectOperations, investmentOperations } from '../../houses/investments/index.ts'
import { platformOperations } from '../../houses/platform/index.ts'
import { reliabilityOperations } from '../../houses/reliability/index.ts'
import { reviewOperations } from '../../houses/reviews/index.ts'
import { visionOperations } from '../../houses/vision/index.ts'

/** Everything the product can do. Routes, OpenAPI, the typed client and the command line follow from it. */
export const operations = [
  ...ledgerOperations,
  ...intakeOperations,
  ...catalogOperations,
  ...measureOperations,
  ...driverOperations,
  ...benchmarkOperations,
  ...seriesOperations,
  ...identityOperations,
  ...peopleOperations,
  ...deliveryOperations,
  ...platformOperations,
  ...costOperations,
  ...businessOperations,
  ...experimentOperations,
  ...reliabilityOperations,
  ...visionOperations,
  ...effectOperations,
  ...investmentOperations,
  ...governanceOperations,
  ...communicationOperations,
  ...alertOperations,
  ...reviewOperations,
  ...exampleOperations,
  ...tableOperations,
] as const

export type Operations = typeof operations
