import { entityOperations } from './entities.ts'
import { folderOperations } from './folders.ts'
import { linkOperations } from './links.ts'
import { packageOperations } from './packages.ts'

/** What doors may ask of the catalogue. */
export const catalogOperations = [...entityOperations, ...folderOperations, ...linkOperations, ...packageOperations] as const
