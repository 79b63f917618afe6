import type { Collected } from '../../../../ground/measures/index.ts'

/** Nobody tells of work items at all. */
export const NO_ITEMS = {
  code: 'no_work_items',
  why: 'No source tells of work items here.',
  fix: 'Connect a tracker under Sources, or import its work items ("throughline import").',
}

/** Nothing counts although there are items: by the commonest reason. */
export function reasonFor(valued: readonly unknown[], excluded: Readonly<Record<string, number>>): Pick<Collected, 'unknown'> {
  if (valued.length > 0) return {}
  const [code] = Object.entries(excluded).sort((a, b) => b[1] - a[1])[0] ?? []
  const known = code === undefined ? undefined : REASONS[code]
  return known && code !== undefined ? { unknown: { code, ...known } } : {}
}

const REASONS: Readonly<Record<string, { why: string; fix: string }>> = {
  no_change_known: {
    why: 'No change names the work items of this window.',
    fix: 'Write the key of the work item into the branch, the title or a trailer ("Implements: KEY-12").',
  },
  plan_not_known: {
    why: 'Nothing tells whether the work items of this window were planned.',
    fix: 'Give work items a type (story, bug, incident) or a label "unplanned" in their tracker.',
  },
  part_not_known: {
    why: 'The tracker does not say when work on these items began.',
    fix: 'Connect a tracker that tells when an item was started, or send "startedAt".',
  },
}
