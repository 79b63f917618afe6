import { type FieldName, fieldNamed } from './fields.ts'

/** What a section of a record is about. */
export type SectionRole =
  | 'context'
  | 'drivers'
  | 'options'
  | 'prosAndCons'
  | 'tradeOffs'
  | 'outcome'
  | 'consequences'
  | 'confirmation'
  | 'metadata'
  | FieldName

const ROLES: readonly { role: SectionRole; names: RegExp }[] = [
  {
    role: 'drivers',
    names: /^(?:decision drivers?|drivers?|forces|requirements|goals|constraints)(?: and (?:forces|goals|requirements|constraints))?$/,
  },
  {
    role: 'prosAndCons',
    names:
      /^(?:pros (?:and|&) cons|advantages and disadvantages)(?: of (?:the )?(?:options|alternatives|solutions))?$|^(?:evaluation|comparison) of (?:the )?(?:options|alternatives)$/,
  },
  { role: 'tradeOffs', names: /^(?:trade ?offs? (?:matrix|table)|decision matrix|(?:options|alternatives) (?:by|and) criteria)$/ },
  {
    role: 'options',
    names:
      /^(?:considered )?(?:options|alternatives|option|alternative|solutions)(?: considered)?(?: for .{1,60})?$|^(?:positions|proposals)$/,
  },
  {
    role: 'consequences',
    names: /^(?:(?:positive|negative|neutral|expected) )?(?:consequences?|implications|impacts?|outcomes? and consequences|trade ?offs)$/,
  },
  { role: 'confirmation', names: /^(?:confirmation|validation|compliance|verification)$/ },
  {
    role: 'outcome',
    names:
      /^(?:decision outcome|decision outome|decisions?|outcome|resolution|chosen option|proposed decision|decision made|our decision|the decision)(?: for .{1,60})?$/,
  },
  {
    role: 'context',
    names:
      /^(?:context|problem|issue|background|motivation|situation|introduction|problem statement|problem description|user story)(?: (?:and|&) .{1,60}| statement)?$/,
  },
  { role: 'metadata', names: /^(?:metadata|meta|details|information)$/ },
]

/** The role of a section by its heading; null for sections of a record's own. */
export function sectionRole(title: string): SectionRole | null {
  const name = title
    .toLowerCase()
    .replaceAll(/[*_`~]/g, '')
    .replace(/^[^a-z]+/, '')
    .replace(/[\s:.?!]+$/, '')
    .replaceAll(/[\s-]+/g, ' ')
  return ROLES.find(({ names }) => names.test(name))?.role ?? fieldNamed(name)
}
