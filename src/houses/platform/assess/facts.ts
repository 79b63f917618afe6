import type { Instant, Ref } from '../../../ground/core/index.ts'

/** What is told of a component or repository; the last three have one fact for each thing named. */
export const FACTS = [
  'owner',
  'lifecycle',
  'type',
  'system',
  'repository',
  'path',
  'branch',
  'description',
  'dependsOn',
  'providesApi',
  'consumesApi',
] as const
export type FactName = (typeof FACTS)[number]

/** A value somebody declares. */
export interface Declared {
  value: string
  /** The folder it was applied from, `scan:<repository>` for a document in a scanned tree; null for a form. */
  folder: string | null
  origin: 'file' | 'form' | 'inferred'
  file?: string
  line?: number
  /** The document that stands for the entity. */
  stands: boolean
  since: Instant
  by: Ref
  /** When its folder was last read; null for a form, and where it was never noted. */
  seenAt: Instant | null
}

/** A value nobody declared but something shows. */
export interface Observed {
  value: string
  /** `CODEOWNERS`, `manifest`, `tree`, `deployments`, `commits`, `incidents`, `links`. */
  from: string
  file?: string
  line?: number
  because?: string
  /** When it was last seen: the last record, or when the tree was last read; null where it was never noted. */
  seenAt: Instant | null
  /** Records in the window that counts. */
  count?: number
  /** The last record, as the trace names it. */
  record?: string
}

export interface Fact {
  fact: FactName
  declared: Declared[]
  observed: Observed[]
}

/** What the ledger shows of one component or repository. */
export interface Activity {
  /** Last commit that touched it within two years. */
  commit: Instant | null
  /** Last successful deployment to production. */
  deployment: Instant | null
  /** Those of the last 28 days. */
  recentDeployments: number
  incident: Instant | null
  /** Whether any commit of its repository is known at all. */
  hasHistory: boolean
  /** When its repository was last read to its end; null when it never was, or only told of by others. */
  readAt: Instant | null
  records: { commit?: string; deployment?: string; incident?: string }
}

/** The value that counts: of the document that stands, else of the first that states one. */
export function standingValue({ declared }: Fact): string | null {
  return (declared.find((one) => one.stands) ?? declared[0])?.value ?? null
}
