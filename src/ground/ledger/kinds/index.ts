import * as z from 'zod'
import { Change } from './change.ts'
import { Commit } from './commit.ts'
import { Cost } from './cost.ts'
import { Deployment } from './deployment.ts'
import { Incident } from './incident.ts'
import { ForeignEvent, Measurement, ProductEvent, Sli } from './signals.ts'
import { WorkItem } from './work-item.ts'

export { Change } from './change.ts'
export { Basis } from './common.ts'
export { Commit } from './commit.ts'
export { Cost } from './cost.ts'
export { Deployment } from './deployment.ts'
export { Incident } from './incident.ts'
export { ForeignEvent, Measurement, ProductEvent, Sli } from './signals.ts'
export { WorkItem } from './work-item.ts'

/** The wire form of a record: CONTRACTS, evidence. */
export const Evidence = z.discriminatedUnion('kind', [
  Commit,
  Change,
  Deployment,
  Incident,
  WorkItem,
  Sli,
  Measurement,
  Cost,
  ProductEvent,
  ForeignEvent,
])
/** A record as parsed. */
export type Evidence = z.infer<typeof Evidence>
/** A record as a source may hand it over: optional fields with defaults may be absent. */
export type EvidenceInput = z.input<typeof Evidence>
export type EvidenceKind = Evidence['kind']
export type EvidenceOf<K extends EvidenceKind> = Extract<Evidence, { kind: K }>

export const EVIDENCE_KINDS = [
  'commit',
  'change',
  'deployment',
  'incident',
  'work_item',
  'sli',
  'measurement',
  'cost',
  'product_event',
  'event',
] as const satisfies readonly EvidenceKind[]
