import type { Claim } from '../../../ground/core/index.ts'
import type { Audience, Section } from '../tell/brief.ts'

/** A brief as told, ready to be written in any format. */
export interface Told {
  audience: Audience
  scope: string
  at: string
  asOf: string
  headline: Claim
  sections: Section[]
}

/** All sentences in order, the headline first. */
export function claimsOf({ headline, sections }: Pick<Told, 'headline' | 'sections'>): Claim[] {
  return [headline, ...sections.flatMap((section) => section.claims)]
}
