import { askingOperations } from './asking.ts'
import { freezingOperations } from './freezing.ts'
import { overridingOperations } from './overriding.ts'
import { pastOperations } from './past.ts'
import { policiesOperations } from './policies.ts'

/** What the doors may ask of this house. */
export const governanceOperations = [
  ...askingOperations,
  ...pastOperations,
  ...policiesOperations,
  ...overridingOperations,
  ...freezingOperations,
] as const
