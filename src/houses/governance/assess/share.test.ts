import { expect, test } from 'vitest'
import { HOUR } from '../../../ground/core/index.ts'
import { type Asked, asksAfter, holdings, passages, type Shipped, waitingOf } from './index.ts'

const component = 'component:default/shop'
const out = (id: string, hours: number, failed = false): Shipped => ({
  component,
  id,
  commit: id.padEnd(40, '0'),
  startedAt: hours * HOUR,
  finishedAt: (hours + 0.1) * HOUR,
  failed,
})
const ask = (hours: number, commit: string | null, verdict: Asked['verdict'] = 'go', overridden = false): Asked => ({
  component,
  commit,
  at: hours * HOUR,
  verdict,
  overridden,
})

test('a release passed by the last question about its commit, else by the last one shortly before it', () => {
  const shipped = [out('aaaaaaa', 10), out('bbbbbbb', 20), out('ccccccc', 30), out('ddddddd', 90), out('eeeeeee', 91)]
  const asked = [
    ask(1, 'aaaaaaa', 'hold'),
    ask(9, 'aaaaaaa'),
    ask(19, 'bbbbbbb', 'go', true),
    ask(29, 'ccccccc', 'hold'),
    ask(40, null),
    ask(90.5, null),
  ]
  const passed = (ships: Shipped[], asks: Asked[]) => passages(ships, asks).map(({ passage }) => passage)
  expect(passed(shipped, asked)).toEqual(['went', 'overrode', 'against', 'unasked', 'went'])
  // Asked after it went out is not asked; asked about another component neither.
  expect(passed([out('aaaaaaa', 10)], [ask(11, 'aaaaaaa'), { ...ask(9, 'aaaaaaa'), component: 'component:default/other' }])).toEqual([
    'unasked',
  ])
})

test('what was held is followed until it was let go or went out', () => {
  const shipped = [out('aaaaaaa', 10), out('bbbbbbb', 20, true)]
  const asked = [
    ask(1, 'aaaaaaa', 'hold'),
    ask(3, 'aaaaaaa', 'hold'),
    ask(6, 'aaaaaaa'),
    ask(18, 'bbbbbbb', 'hold'),
    ask(25, 'ccccccc', 'hold'),
  ]
  const sum = holdings(shipped, asked, 30 * HOUR)
  expect(sum).toMatchObject({ held: 3, failedLater: 1, open: 1 })
  expect(sum.waitingHours).toBeCloseTo(5 + 2.1 + 5)
})

test('waiting ends at the first moment that lets go, and is at least as long as anybody looked', () => {
  const moments = asksAfter(0, 5 * HOUR)
  expect(moments.map((at) => at / HOUR)).toEqual([1, 2, 3, 4, 5])
  expect(
    waitingOf(
      0,
      moments.map((at) => ({ at, go: at >= 3 * HOUR })),
    ),
  ).toEqual({ hours: 3, atLeast: false })
  expect(
    waitingOf(
      0,
      moments.map((at) => ({ at, go: false })),
    ),
  ).toEqual({ hours: 5, atLeast: true })
  expect(waitingOf(0, [])).toEqual({ hours: 0, atLeast: true })
})
