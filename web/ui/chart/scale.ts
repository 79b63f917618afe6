/** How values of a unit stand on an axis: durations in the one unit that suits the largest, shares in per cent. */
export interface AxisScale {
  /** Divides values of the unit. */
  by: number
  label: string
}

export function axisScale(unit: string, top: number): AxisScale {
  if (unit === 's') {
    if (top >= 2 * 86_400) return { by: 86_400, label: 'days' }
    if (top >= 2 * 3_600) return { by: 3_600, label: 'hours' }
    if (top >= 120) return { by: 60, label: 'minutes' }
    return { by: 1, label: 'seconds' }
  }
  if (unit === 'ratio') return { by: 0.01, label: 'per cent' }
  if (unit === '1/d') return top >= 1 ? { by: 1, label: 'a day' } : { by: 1 / 7, label: 'a week' }
  return { by: 1, label: unit === 'count' ? '' : unit }
}
