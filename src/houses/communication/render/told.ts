import type { Claim } from '../../../ground/core/index.ts'
import type { Section } from '../tell/brief.ts'

/** A brief or story as told, ready to be written in any format. */
export interface Told {
  /** What it is: "Brief for executive readers". */
  title: string
  scope: string
  at: string
  asOf: string
  headline: Claim
  sections: Section[]
  /** How to read it, in small print. */
  note?: string
}

/** All sentences in order, the headline first. */
export function claimsOf({ headline, sections }: Pick<Told, 'headline' | 'sections'>): Claim[] {
  return [headline, ...sections.flatMap((section) => section.claims)]
}
