import { plural } from '../../ui/figure/index.ts'
import type { Trace } from './graph.ts'

const COUNTED: readonly [string, string, string?][] = [
  ['outcome', 'outcome'],
  ['principle', 'principle'],
  ['decision', 'decision'],
  ['work_item', 'work item'],
  ['change', 'change'],
  ['commit', 'commit'],
]

/** What hangs together, counted, and the gaps once they are known. */
export function inWords(trace: Trace, from: string | undefined, gaps: number | undefined): string {
  const counted = COUNTED.flatMap(([kind, one, many]) => {
    const count = trace.nodes.filter((node) => node.kind === kind && node.id !== from).length
    return count > 0 ? [plural(count, one, many)] : []
  })
  const list = counted.length > 1 ? `${counted.slice(0, -1).join(', ')} and ${counted.at(-1)}` : (counted[0] ?? 'nothing yet')
  const more = trace.nodes.some((node) => node.more) ? ', and more than fit here' : ''
  const found = `${from ? 'It hangs together with' : 'From the vision down:'} ${list}${more}.`
  if (gaps === undefined) return found
  return `${found} ${gaps === 0 ? 'No gaps.' : `${plural(gaps, 'gap')} between intent and work.`}`
}
