/** Terms and their meanings from the glossary page: lines `- **term**: meaning`. */
export function parseGlossary(markdown: string): ReadonlyMap<string, string> {
  const terms = new Map<string, string>()
  for (const [, term, meaning] of markdown.matchAll(/^- \*\*(.+?)\*\*: (.+)$/gm)) {
    if (term && meaning) terms.set(term.toLowerCase(), plain(meaning))
  }
  return terms
}

/** Markdown's marks taken out: a hint is one plain sentence or two. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[*`_]{1,2}([^*`_]+)[*`_]{1,2}/g, '$1')
    .trim()
}
