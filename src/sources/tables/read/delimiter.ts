import { recordsOf } from './csv.ts'

const CANDIDATES = [',', ';', '\t', '|'] as const
const LOOKED_AT = 50

/** The delimiter a text most likely has, with how sure that is. */
export interface GuessedDelimiter {
  delimiter: string
  /** Excel's own first line, `sep=;`, said so. */
  stated: boolean
  /** Cells of most rows; 1 when nothing divides them. */
  width: number
}

/** Tells by which delimiter the rows of a beginning come out with one width; the widest of those that do equally well. */
export async function delimiterOf(head: Buffer): Promise<GuessedDelimiter> {
  const stated = /^sep=(.)\r?\n/.exec(head.toString('utf8', 0, 16))?.[1]
  if (stated) return { delimiter: stated, stated: true, width: 0 }
  let best = { delimiter: ',', stated: false, width: 1, share: 0 }
  for (const delimiter of CANDIDATES) {
    const { width, share } = await shapeOf(head, delimiter)
    if (width < 2) continue
    if (share > best.share + 0.05 || (share > best.share - 0.05 && width > best.width)) best = { delimiter, stated: false, width, share }
  }
  return best
}

/** The width most rows have, and how many of them. */
async function shapeOf(head: Buffer, delimiter: string): Promise<{ width: number; share: number }> {
  const widths: number[] = []
  for await (const rows of recordsOf([head.subarray(0, 64 * 1024)], { delimiter }))
    for (const row of rows) if ('cells' in row) widths.push(row.cells.length)
  const whole = widths.length > 1 ? widths.slice(0, Math.min(LOOKED_AT, Math.max(1, widths.length - 1))) : widths
  const counts = new Map<number, number>()
  for (const width of whole) counts.set(width, (counts.get(width) ?? 0) + 1)
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
  return { width, share: whole.length === 0 ? 0 : count / whole.length }
}
