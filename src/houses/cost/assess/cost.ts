import type { Decimal, Ref } from '../../../ground/core/index.ts'

/** Which of two amounts: what is invoiced, or what it comes to once purchases in advance are spread over what they pay for. */
export type CostKind = 'billed' | 'effective'

/** What costs that a bill says the same of come to in one window. */
export interface CostGroup {
  /** The account that is billed, or the component where the bill names it. */
  subject: Ref
  currency: string
  service: string | null
  category: string | null
  resource: string | null
  customer: string | null
  tags: Readonly<Record<string, string>>
  billed: Decimal
  effective: Decimal
  /** Records that do not state the amount. */
  without: Record<CostKind, number>
  records: number
  /** Lines of the bill. */
  lines: number
}

/** Why a cost is somebody's: the strongest claim. */
export type ClaimKind = 'stated' | 'resource' | 'tag' | 'account'

/** Who claims which cost, as the catalogue says; texts in small letters. */
export interface Claims {
  /** By `name=value`. */
  tags: ReadonlyMap<string, readonly Ref[]>
  resources: ReadonlyMap<string, readonly Ref[]>
  /** By the ref an account has. */
  accounts: ReadonlyMap<Ref, readonly Ref[]>
  /** Components by their name. */
  names: ReadonlyMap<string, Ref>
  /** Former names of those who claim. */
  aliases: ReadonlyMap<Ref, Ref>
  /** Components whose cost others share. */
  shared: readonly Shared[]
  /** Who answers for a component; null where nobody is named. */
  owners: ReadonlyMap<Ref, Ref | null>
}

/** A component whose own cost is split among those who depend on it. */
export interface Shared {
  ref: Ref
  /** `even`, or the measure whose sums are the weights. */
  rule: string
  among: readonly Ref[]
}
