import type { DecisionSpec } from '../../../ground/catalog/index.ts'
import { plainText } from './inline.ts'
import type { Line } from './outline.ts'

export type TradeOff = NonNullable<DecisionSpec['tradeOffs']>[number]
type Effect = TradeOff['options'][number]['effect']

/** What a cell of the matrix begins with, and what it means. */
export const EFFECT_MARKS: Readonly<Record<Effect, string>> = {
  'much better': '++',
  better: '+',
  same: '0',
  worse: '−',
  'much worse': '−−',
  unknown: '?',
}
const EFFECTS = new Map(Object.entries(EFFECT_MARKS).map(([effect, mark]) => [mark, effect as Effect]))
const CELL = /^(\+\+|\+|--|−−|––|[-−–]|0|=|\?)(?=\s|$)\s*(.*)$/
const MOST = 100

/** A matrix of options by criteria: the options in the head, a criterion a row, cells such as `+ faster` or `−− dear`. */
export function tradeOffsIn(lines: readonly Line[]): TradeOff[] {
  const rows = lines.filter(({ text, code }) => !code && text.includes('|') && text.length < 20_000).map(({ text }) => cellsOf(text))
  const [head, rule, ...body] = rows
  if (!head || !rule?.every((cell) => /^:?-+:?$/.test(cell))) return []
  const options = head.slice(1).map(plainText)
  return body.slice(0, MOST).flatMap(([first = '', ...cells]): TradeOff[] => {
    const criterion = plainText(first)
    if (criterion === '') return []
    const judged = options
      .slice(0, MOST)
      .flatMap((option, index) => (option === '' ? [] : [judgedAs(option, plainText(cells[index] ?? ''))]))
    return [{ criterion, ...(/^outcome:\S+$/i.test(criterion) ? { outcome: criterion.toLowerCase() } : {}), options: judged }]
  })
}

/** A cell that says no effect is one nobody has judged; its words stay. */
function judgedAs(option: string, cell: string): TradeOff['options'][number] {
  const [, mark, note] = CELL.exec(cell) ?? []
  const effect = EFFECTS.get((mark ?? '').replaceAll(/[-–]/g, '−').replace('=', '0')) ?? 'unknown'
  const words = mark === undefined ? cell : (note ?? '')
  return { option, effect, ...(words === '' ? {} : { note: words }) }
}

function cellsOf(text: string): string[] {
  return text
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'))
}
