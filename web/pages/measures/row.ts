import type { Answer } from '../../api/index.ts'
import { formatQuantity } from '../../ui/figure/index.ts'

/** A record behind a figure. */
export type Row = NonNullable<Answer<'measure.read'>['rows']>[number]

/** A record's own value. Behind a share each record is a yes or a no; behind a rate each counts as one. */
export function valueWords(value: number, unit: string): string {
  if (unit === 'ratio' && (value === 0 || value === 1)) return value > 0 ? 'yes' : 'no'
  return unit === '1/d' ? 'counts' : formatQuantity(value, unit)
}

/** `merged_from:github` → "merged from github". */
export function flagWords(flag: string): string {
  return flag.replaceAll(/[_:]/g, ' ')
}
