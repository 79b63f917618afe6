/**
 * An entry of a table by a key that came from outside. Only the table's own entries count: `constructor` or `__proto__`
 * names none of them.
 */
export function ownEntry<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
