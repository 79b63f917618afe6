import type { StateName } from '../../ui/state/index.ts'
import type { Investment } from './asks.ts'

export const STATUS: Record<Investment['status'], { shape: StateName; words: string }> = {
  running: { shape: 'on_course', words: 'Running' },
  chosen: { shape: 'on_course', words: 'Chosen' },
  proposed: { shape: 'unknown', words: 'Proposed' },
  done: { shape: 'met', words: 'Done' },
  stopped: { shape: 'missed', words: 'Stopped' },
}

export const KIND: Record<Investment['kind'], string> = { run: 'keeps things running', improve: 'improves', new: 'something new' }

/** Running first, then what waits, then what is over. */
export const STATUS_ORDER = ['running', 'chosen', 'proposed', 'done', 'stopped'] as const

export function isOpen({ status }: Pick<Investment, 'status'>): boolean {
  return status !== 'done' && status !== 'stopped'
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** "0.95 gaps". */
export function gaps(worth: number): string {
  return `${worth.toFixed(2)} ${worth.toFixed(2) === '1.00' ? 'gap' : 'gaps'}`
}

export function money(amount: number, currency: string | null): string {
  return `${Math.round(amount).toLocaleString('en-GB')}${currency ? ` ${currency}` : ''}`
}

/** "14 people-weeks and 18,000 EUR". */
export function costWords({ cost }: Pick<Investment, 'cost'>): string | null {
  if (!cost) return null
  const weeks = `${cost.peopleWeeks.toLocaleString('en-GB')} people-${cost.peopleWeeks === 1 ? 'week' : 'weeks'}`
  return cost.money ? `${weeks} and ${money(cost.money.amount, cost.money.currency)}` : weeks
}
