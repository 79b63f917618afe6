/**
 * Matches paths against the patterns of `.gitattributes`, `CODEOWNERS` and workspaces: `*` and `?` within a folder,
 * `[a-z]`, and `**` across folders. Not a regular expression: a hostile pattern costs the product of the lengths, not
 * an exponential of them.
 */
export type PathPattern = readonly (typeof ANY_DEPTH | Segment)[]

const ANY_DEPTH = '**'
type Segment = readonly Piece[]
type Piece =
  | { is: 'text'; character: string }
  | { is: 'one' }
  | { is: 'many' }
  | { is: 'class'; not: boolean; ranges: readonly (readonly [number, number])[] }

/** Reads a pattern of segments divided by `/`; a leading slash says nothing here. */
export function readPattern(pattern: string): PathPattern {
  return pattern
    .replace(/^\/+|\/+$/g, '')
    .split('/')
    .map((segment) => (segment === ANY_DEPTH ? ANY_DEPTH : piecesOf(segment)))
    .filter((segment, index, all) => segment !== ANY_DEPTH || all[index - 1] !== ANY_DEPTH)
}

/** Whether the whole path fits; `below` also accepts paths inside a folder that fits. */
export function fits(pattern: PathPattern, path: readonly string[], below = false): boolean {
  // One row a pattern segment: which beginnings of the path the pattern so far can stand for.
  let reached = new Uint8Array(path.length + 1)
  reached[0] = 1
  for (const [place, segment] of pattern.entries()) {
    const next = new Uint8Array(path.length + 1)
    const insideOnly = place > 0 && place === pattern.length - 1 // `a/**` is all inside a, not a itself
    for (let at = 0; at <= path.length; at++) {
      if (segment === ANY_DEPTH) next[at] = (insideOnly ? (reached[at - 1] ?? 0) : reached[at]!) | (next[at - 1] ?? 0)
      else if (at > 0 && reached[at - 1] && segmentFits(segment, path[at - 1]!)) next[at] = 1
    }
    reached = next
  }
  return below ? reached.some((yes, at) => yes === 1 && at > 0) : reached[path.length] === 1
}

function piecesOf(segment: string): Segment {
  const pieces: Piece[] = []
  for (let at = 0; at < segment.length; at++) {
    const character = segment[at]!
    if (character === '*') {
      if (pieces.at(-1)?.is !== 'many') pieces.push({ is: 'many' })
    } else if (character === '?') pieces.push({ is: 'one' })
    else if (character === '[' && segment.indexOf(']', at + 2) !== -1) {
      const end = segment.indexOf(']', at + 2)
      pieces.push(classOf(segment.slice(at + 1, end)))
      at = end
    } else if (character === '\\' && at + 1 < segment.length) pieces.push({ is: 'text', character: segment[++at]! })
    else pieces.push({ is: 'text', character })
  }
  return pieces
}

function classOf(text: string): Piece {
  const not = text[0] === '!' || text[0] === '^'
  const ranges: [number, number][] = []
  const inside = not ? text.slice(1) : text
  for (let at = 0; at < inside.length; at++) {
    const to = inside[at + 1] === '-' && at + 2 < inside.length ? at + 2 : at
    ranges.push([inside.charCodeAt(at), inside.charCodeAt(to)])
    at = to
  }
  return { is: 'class', not, ranges }
}

/** The classic two-finger match: on a mismatch the last `*` takes one character more. */
function segmentFits(pieces: Segment, text: string): boolean {
  let piece = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const wanted = pieces[piece]
    if (wanted?.is === 'many') {
      star = piece++
      starAt = at
    } else if (wanted && pieceFits(wanted, text.charAt(at))) {
      piece++
      at++
    } else if (star !== -1) {
      piece = star + 1
      at = ++starAt
    } else return false
  }
  while (pieces[piece]?.is === 'many') piece++
  return piece === pieces.length
}

function pieceFits(piece: Piece, character: string): boolean {
  if (piece.is === 'text') return piece.character === character
  if (piece.is !== 'class') return true
  const code = character.charCodeAt(0)
  return piece.ranges.some(([from, to]) => code >= from && code <= to) !== piece.not
}
