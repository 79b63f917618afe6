/** The word that was probably meant: at most two letters changed, added or dropped; null when none is that near. */
export function nearestWord(text: string, words: readonly string[]): string | null {
  let best: { word: string; distance: number } | null = null
  for (const word of words) {
    const distance = editDistance(text.toLowerCase().slice(0, 64), word.toLowerCase())
    if (distance <= Math.min(2, word.length / 2) && (!best || distance < best.distance)) best = { word, distance }
  }
  return best?.word ?? null
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
