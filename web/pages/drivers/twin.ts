import type { Twin } from '../../ui/chart/index.ts'
import type { Tree } from './asks.ts'
import type { Verdicts } from './use-verdicts.ts'
import { VERDICT_WORDS } from '../../parts/verdict.tsx'

const HEADS = [
  'measure',
  'hangs on',
  'as',
  'direction said',
  'lag said',
  'verdict',
  'correlation',
  'low',
  'high',
  'at lag, days',
  'n',
  'steps',
  'p',
] as const

/** The tree with its numbers as a table, one row a line of the map. */
export function twinOf({ edges }: Tree, verdicts: Verdicts): Twin {
  const three = (value: number | undefined) => (value === undefined ? null : Number(value.toFixed(3)))
  return {
    heads: HEADS,
    rows: edges.map((edge) => {
      const driver = verdicts.of(edge)
      const tested = driver?.tested
      return [
        edge.upper,
        edge.lower,
        edge.kind,
        edge.direction ?? '',
        edge.lag ?? '',
        edge.kind !== 'driver' ? '' : driver ? VERDICT_WORDS[driver.verdict] : null,
        ...(edge.kind === 'driver'
          ? [
              three(tested?.correlation),
              three(tested?.interval.low),
              three(tested?.interval.high),
              tested?.lagDays ?? null,
              driver?.n ?? null,
              driver ? `${driver.grain}s` : null,
              three(tested?.p),
            ]
          : ['', '', '', '', '', '', '']),
      ]
    }),
  }
}
