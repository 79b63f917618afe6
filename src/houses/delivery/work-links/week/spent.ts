import { inWindow, type Window } from '../../../../ground/core/index.ts'
import { exclusionOf, type WorkUnit } from './classify.ts'

/** Fewer people than this are nobody's figure to show. */
export const FEWEST_PEOPLE = 5

/** What people spent on one piece of work. */
export interface Spent {
  /** Parts of the weeks of those who made it. */
  weeks: number
  people: ReadonlySet<string>
}

/**
 * A week of a person in which anything of theirs was finished, split evenly over all that was. So a week counts once
 * however many changes it brought, and somebody who finishes many small things weighs no more than others.
 * @param weeks windows of one week each
 * @param people who made a piece, programs left out, by its node; a piece without any is not known
 */
export function peopleWeeks(
  units: readonly WorkUnit[],
  weeks: readonly Window[],
  people: ReadonlyMap<string, readonly string[]>,
): Map<string, Spent> {
  const spent = new Map<string, { weeks: number; people: Set<string> }>()
  const counted = units.filter((unit) => exclusionOf(unit) === null)
  for (const week of weeks) {
    const made = Map.groupBy(
      counted.flatMap((unit) => (inWindow(week, unit.at) ? (people.get(unit.node) ?? []).map((person) => ({ person, unit })) : [])),
      ({ person }) => person,
    )
    for (const [person, all] of made) {
      for (const { unit } of all) {
        const one = spent.get(unit.node) ?? { weeks: 0, people: new Set<string>() }
        one.weeks += 1 / all.length
        one.people.add(person)
        spent.set(unit.node, one)
      }
    }
  }
  return spent
}

/** Weeks of a group of people, or of parts of it. */
export interface GroupWeeks {
  weeks: number
  people: number
}

/**
 * What may be told of the parts of a whole: nothing where fewer than five people stand behind the whole; of a part not
 * where fewer than five stand behind it; and where that hides a single part, the next smallest is hidden with it, since
 * the rest would give the first away.
 * @returns a number for each part, in order, null where hidden; a part nobody spent anything on is 0
 */
export function openly(whole: GroupWeeks, parts: readonly GroupWeeks[]): (number | null)[] {
  if (whole.people < FEWEST_PEOPLE) return parts.map(() => null)
  const hidden = new Set(parts.filter(({ people }) => people > 0 && people < FEWEST_PEOPLE))
  if (hidden.size === 1) {
    const next = parts.filter((part) => part.people >= FEWEST_PEOPLE).sort((a, b) => a.weeks - b.weeks)[0]
    if (next) hidden.add(next)
  }
  return parts.map((part) => (hidden.has(part) ? null : part.weeks))
}
