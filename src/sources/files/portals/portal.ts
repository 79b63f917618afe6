import type { EntityDraft } from '../../../ground/catalog/index.ts'
import type { Fields } from '../fields.ts'
import type { Stated } from './stated.ts'

/** A kind of file that another tool reads, and how it becomes entities. */
export interface Portal {
  /** The tool or standard, as people call it. */
  title: string
  /** Names of files to look into. */
  files: RegExp
  /** What a text of this kind says somewhere: spares parsing the files of others who use the same name. */
  sign: RegExp
  /** Whether a document is of the shape its maker documents. */
  fits(document: Fields): boolean
  /** Never throws: what cannot be read is a problem of `stated`, or of what is returned. */
  read(stated: Stated, file: string): Declared[]
  /** A definition is written for programs, not for a catalogue: what is wrong with it is a warning. */
  definition?: true
}

/** An entity that a document of another tool declares. */
export interface Declared {
  draft: EntityDraft
  /** Where in the document a part of the draft comes from: `metadata.name` → `dd-service`. */
  from: Readonly<Record<string, string>>
  /** What the tool itself calls it, and what it depends on by such names; settled when all files are read. */
  id?: string
  dependsOnIds?: readonly string[]
}

/** The sign of a field at the start of a line or of a map in one line, with a value that begins so. */
export function fieldSign(names: readonly string[], value = ''): RegExp {
  return new RegExp(`(?:^|[{,])\\s*["']?(?:${names.join('|')})["']?\\s*:\\s*${value}`, 'm')
}
