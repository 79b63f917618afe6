/**
 * How many milliseconds older than the present an answer may be, as the caller says in `Cache-Control: max-stale=N`
 * (RFC 9111, 5.2.1.2); `max-stale` alone takes any age. 0 where nothing is said, or nothing that can be read.
 */
export function maxStaleOf(cacheControl: string | undefined): number {
  const said = (cacheControl ?? '').split(',').map((directive) => /^\s*max-stale(?:\s*=\s*(?:"(\d+)"|(\d+)))?\s*$/i.exec(directive))
  const found = said.find((one) => one !== null)
  if (!found) return 0
  const seconds = found[1] ?? found[2]
  return seconds === undefined ? Infinity : Number(seconds) * 1000
}
