/** The word whose letters are closest: fewest single-letter edits, at most three. */
export function nearest(wrong: string, words: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, column) => column)
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i]
      for (let j = 1; j <= b.length; j += 1)
        next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
      row = next
    }
    return row[b.length]!
  }
  const [best] = words.map((name) => ({ name, edits: distance(wrong, name) })).sort((a, b) => a.edits - b.edits)
  return best && best.edits <= 3 ? best.name : undefined
}
