import type { EntityDraft } from '../../ground/catalog/index.ts'
import type { Fields } from './fields.ts'
import type { Limits } from './limits.ts'

/** One reading of one folder. */
export interface Visit {
  /** Real path of the folder. */
  root: string
  limits: Limits
  /** Bytes that may still be read. */
  budget: { bytes: number }
}

/** One document of the folder, and where its parts stand. */
export interface ReadDocument {
  file: string
  /** Null when no entity could be made of it. */
  draft: (EntityDraft & { file: string; line: number }) | null
  /** It has an error: it must not be written. */
  refused: boolean
  /** Line and column of a path such as `spec.target.by`. */
  place(path: string): { line: number; column: number }
  /** Set when it was written for another tool. */
  portal?: PortalDocument
}

/** What else is known of a document that was written for another tool. */
export interface PortalDocument {
  /** The tool or standard. */
  title: string
  /** It defines an API and was not written for a catalogue. */
  definition: boolean
  /** The document as it was written. */
  whole: Fields
  /** What the tool itself calls it, and what it depends on by such names. */
  id?: string | undefined
  dependsOnIds: readonly string[]
}
