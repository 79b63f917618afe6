import type { Ref } from '../core/index.ts'
import type { RecordKind } from './columns.ts'
import type { EvidenceKind } from './kinds/index.ts'

/** Records to take back: one by its name, many of one kind by theirs, or all that an import said. */
export type Which =
  | { source: string; id: string; kind?: EvidenceKind; subject?: Ref }
  | { kind: RecordKind; records: readonly { subject: Ref; source: string; id: string }[] }
  | { importId: number }
