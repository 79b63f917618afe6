import type { ParsedArgs } from 'citty'

/** What `decision` takes; each says for which action. */
export const args = {
  action: { type: 'positional', description: 'new, list, show, supersede or calibration', required: true },
  what: {
    type: 'positional',
    description: 'The title, for new; the decision, for show and supersede: ref, number or file name',
    required: false,
  },
  dir: { type: 'string', description: 'new, supersede: the folder of decision records to write in; without one, the store is written' },
  by: { type: 'string', description: 'supersede: the decision that takes its place' },
  number: { type: 'string', description: 'new: insists on a number; the next free one on every branch when left out' },
  status: { type: 'string', description: 'new: proposed unless told; list: only this status' },
  options: { type: 'string', description: 'new: what was considered, separated by ";"' },
  criteria: { type: 'string', description: 'new: what they are compared by, separated by ";": words, or outcomes by ref' },
  context: { type: 'string', description: 'new: what asks for a decision' },
  deciders: { type: 'string', description: 'new: groups that decide, separated by ","' },
  serves: { type: 'string', description: 'new: outcomes, separated by ","' },
  supports: { type: 'string', description: 'new: principles, separated by ","' },
  affects: { type: 'string', description: 'new: components, separated by ","' },
  text: { type: 'string', description: 'list: words to find in the whole record' },
  outcome: { type: 'string', description: 'list: only those that serve it' },
  principle: { type: 'string', description: 'list: only those that cite it' },
  component: { type: 'string', description: 'list: only those that affect it' },
  log: { type: 'string', description: 'list: only those of this repository or namespace' },
  from: { type: 'string', description: 'list: decided on this day or later' },
  to: { type: 'string', description: 'list: decided before this day' },
  overdue: { type: 'boolean', description: 'list: only those that should have been looked at again', default: false },
  limit: { type: 'string', description: 'list: how many at most; 50 unless told' },
  scope: { type: 'string', description: 'Namespace', default: 'default' },
  at: { type: 'string', description: 'Only what happened by then' },
  'as-of': { type: 'string', description: 'Only what was known by then' },
} as const

export type DecisionArgs = ParsedArgs<typeof args> & { json: boolean }
