import type { Problem } from '../../../ground/core/index.ts'
import type { TableKind } from '../mapping/fields.ts'
import type { Mapping } from '../mapping/mapping.ts'

/** What is known beforehand of a mapping that is to be guessed. */
export interface GuessWish {
  /** Of the file, for a name. */
  file: string
  kind?: TableKind | undefined
  zone?: string | undefined
  subject?: string | undefined
}

/** A mapping as the names of the columns and the first rows suggest it, with the reasons. */
export interface Guess {
  mapping: Mapping
  /** Why, by column. */
  whys: Map<string, { why: string; certain: boolean }>
  /** What somebody has to say before it can be applied. */
  undecided: Problem[]
}
