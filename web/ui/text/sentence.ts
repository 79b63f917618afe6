/** Starts with a capital (identifiers stay as they are) and ends with one full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  if (!trimmed) return ''
  const [first = ''] = trimmed.split(' ')
  const start = /[._:/]./.test(first) ? trimmed[0]! : trimmed[0]!.toUpperCase()
  return `${start}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`
}

/** The same without its full stop, to go on with. */
export function clause(text: string): string {
  return text.trim().replace(/\.+$/, '')
}

/** A term as a heading or label begins. */
export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
