import type { Answer } from '../../api/index.ts'

/** An answer to what a change did. */
export type Told = Answer<'effect'>
