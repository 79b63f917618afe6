/** What was said of two aliases, or of one. */
export interface Said {
  id: number
  says: 'same' | 'apart' | 'person' | 'bot' | 'agent'
  alias: string
  other: string | null
  origin: string
}

/** Nobody in particular: never joined with anybody. */
const NOBODY = /^person:erased$|^user:[^/]+\/erased$/

/**
 * Whom each alias stands for, where that is not itself: all aliases that are said to be the same, directly or through
 * others. What people say by hand goes first: an alias they set apart is joined by nothing but what they say later.
 * A person goes by the ref of an entity where one is among the aliases, else by the first alias in order.
 */
export function joined(statements: readonly Said[]): Map<string, string> {
  const apart = new Map<string, number>()
  for (const { says, alias, id } of statements) if (says === 'apart') apart.set(alias, Math.max(id, apart.get(alias) ?? 0))
  const parent = new Map<string, string>()
  const root = (alias: string): string => {
    let at = alias
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up
    return at
  }
  const holds = ({ id, origin }: Said, alias: string) => (origin === 'hand' ? id : 0) > (apart.get(alias) ?? -1)
  for (const said of statements) {
    const { says, alias, other } = said
    if (says !== 'same' || other === null || NOBODY.test(alias) || NOBODY.test(other)) continue
    if (!holds(said, alias) || !holds(said, other)) continue
    const [a, b] = [root(alias), root(other)]
    if (!parent.has(alias)) parent.set(alias, alias)
    if (!parent.has(other)) parent.set(other, other)
    if (a !== b) parent.set(before(a, b) ? b : a, before(a, b) ? a : b)
  }
  return new Map([...parent.keys()].map((alias) => [alias, root(alias)]))
}

/** Refs of entities before pseudonyms, else in order of text. */
function before(a: string, b: string): boolean {
  const [declared, other] = [a.startsWith('user:'), b.startsWith('user:')]
  return declared === other ? a < b : declared
}
