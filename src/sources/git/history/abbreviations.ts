import type { History } from './history.ts'

/** Finds whole object names for shortened ones; what fits no commit, or several, stays as it is. */
export function resolverOf(history: History): (name: string) => string {
  let sorted: string[] | null = null // made when the first shortened name comes
  return (name) => {
    if (name.startsWith('#') || history.find(name) !== -1) return name
    sorted ??= Array.from({ length: history.order.length }, (_, index) => history.sha(history.order.at(index))).sort()
    let low = 0
    for (let high = sorted.length; low < high;) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < name) low = middle + 1
      else high = middle
    }
    const first = sorted[low]
    return first?.startsWith(name) && !sorted[low + 1]?.startsWith(name) ? first : name
  }
}
