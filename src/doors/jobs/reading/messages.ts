import type { EntityDraft } from '../../../ground/catalog/index.ts'
import type { Problem } from '../../../ground/core/index.ts'
import type { FolderRead } from '../../../sources/files/index.ts'

/** What the thread says first: how much there is to fetch. */
export interface Summary extends Pick<FolderRead, 'files' | 'documents' | 'unreadable'> {
  drafts: number
  problems: number
}

/** What is asked of it then, one after the other: lists piece by piece, and places for problems others found. */
export type Ask = { ask: 'drafts' | 'problems'; from: number } | { ask: 'locate'; problems: Problem[] }

/** A piece of the list asked for. */
export type Piece = EntityDraft[] | Problem[]
