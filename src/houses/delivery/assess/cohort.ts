/** Who makes changes, as cohorts: never as individuals. */
export const AUTHOR_KINDS = ['people', 'agents', 'mixed', 'bots'] as const
export type AuthorKind = (typeof AUTHOR_KINDS)[number]

/** Of fewer people, or of fewer changes, nothing is told. */
export const SMALLEST_COHORT = 5

/**
 * The cohort of a change by who made it: people, coding agents alone, people with coding agents, or other programs alone;
 * null where nobody says who.
 */
export function authorKind({ people, agents, bots }: { people: readonly string[]; agents: boolean; bots: boolean }): AuthorKind | null {
  if (people.length > 0) return agents ? 'mixed' : 'people'
  if (agents) return 'agents'
  return bots ? 'bots' : null
}

/** Whether a cohort is large enough to be told of: five changes, and, where people made them, five people. */
export function isTellable(members: readonly { people: readonly string[] }[]): boolean {
  const people = new Set(members.flatMap((member) => member.people))
  return members.length >= SMALLEST_COHORT && (people.size === 0 || people.size >= SMALLEST_COHORT)
}
