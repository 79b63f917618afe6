/** Stands for a value that was cut out. */
export const CUT = '<*>'

const QUOTED = /(["'`])(?:(?!\1).){1,200}?\1/g
/** Values behind an equals sign or a colon: `user=…`, `id: …`. */
const ASSIGNED = /([\w.\]-])(=|:\s?)(?!\s|<\*>)[^\s,;)\]}]+/g
const ADDRESS = /[\w.+-]+@[\w.-]+|\b[a-z][a-z0-9+.-]*:\/\/\S+/gi
/** Words that hold a digit, and long ones that no language has: numbers, ids, hashes, times, versions. */
const VALUE = /[^\s,;()[\]{}"'`=/]*\d[^\s,;()[\]{}"'`=/]*|\b[a-f]{8,}\b|\b\w{33,}\b/gi

/**
 * A text without its values: addresses, quoted words, what is assigned, everything with a digit in it.
 * @param values known from elsewhere to be values
 */
export function withoutValues(text: string, values: readonly string[] = []): string {
  let cut = text
  for (const value of values) if (value.length > 2 && cut.includes(value)) cut = cut.replaceAll(value, CUT)
  return cut
    .replace(ADDRESS, CUT)
    .replace(QUOTED, CUT)
    .replace(ASSIGNED, (_, before: string, sign: string) => `${before}${sign}${CUT}`)
    .replace(VALUE, CUT)
    .replace(/<\*>(?:[\s,]*<\*>)+/g, CUT)
    .replace(/\s+/g, ' ')
    .trim()
}

/** A path without its query and the values in it: `/orders/17?as=u1` is `/orders/<*>`. */
export function withoutPathValues(text: string): string {
  return text
    .replace(/[?#].*$/, '')
    .replace(ADDRESS, CUT)
    .replace(/[^\s/]*\d[^\s/]*/g, (part) => (/^v\d{1,2}$/i.test(part) ? part : CUT))
}
