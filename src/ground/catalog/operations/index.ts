import { entityOperations } from './entities.ts'
import { linkOperations } from './links.ts'
import { packageOperations } from './packages.ts'

/** What doors may ask of the catalogue. */
export const catalogOperations = [...entityOperations, ...linkOperations, ...packageOperations] as const
