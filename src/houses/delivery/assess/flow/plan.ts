import type { WorkItem } from './item.ts'

const UNPLANNED_TYPE = /^(?:bug|defect|incident|problem|outage|hot-?fix|escalation|emergency|regression|fault)s?$/i
const UNPLANNED_LABEL =
  /^(?:(?:type|kind)[:/ ]+)?(?:bug|defect|incident|outage|hot-?fix|regression|unplanned|interrupt(?:ion)?|expedited?|emergency|firefighting)$/i
const PLANNED_TYPE =
  /^(?:epic|feature|story|user story|task|sub-?task|improvement|enhancement|initiative|requirement|deliverable|milestone|spike|chore|tech(?:nical)?[ -]debt)s?$/i
const PLANNED_LABEL = /^(?:(?:type|kind)[:/ ]+)?(?:planned|roadmap|feature|enhancement|committed|okr)$/i

/**
 * Whether anybody had planned an item; null where nothing says. What its source states counts before all; then a type or
 * label that names a repair (bug, incident, hotfix) or an interruption: nobody plans these; then a type or label that
 * names planned work, or a place under another item. A size, a priority or an assignee says nothing of a plan.
 */
export function wasPlanned({ planned, type, labels, parent }: Pick<WorkItem, 'planned' | 'type' | 'labels' | 'parent'>): boolean | null {
  if (planned !== null) return planned
  if (UNPLANNED_TYPE.test(type?.trim() ?? '') || labels.some((label) => UNPLANNED_LABEL.test(label.trim()))) return false
  if (PLANNED_TYPE.test(type?.trim() ?? '') || labels.some((label) => PLANNED_LABEL.test(label.trim()))) return true
  return parent === null ? null : true
}
