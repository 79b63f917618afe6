import { entityOperations } from './entities.ts'
import { linkOperations } from './links.ts'

/** What doors may ask of the catalogue. */
export const catalogOperations = [...entityOperations, ...linkOperations] as const
