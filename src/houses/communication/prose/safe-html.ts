/** Longest Markdown that is rendered; a record is prose, not a dump. */
const LONGEST = 400_000

/** Markdown as HTML that is safe to show: raw HTML, scripts, pictures, styles and odd link protocols are gone. */
export async function safeHtml(markdown: string): Promise<string> {
  const text = markdown.length > LONGEST ? `${markdown.slice(0, LONGEST)}\n\n*(cut)*` : markdown
  const { pipeline } = await import('./pipeline.ts') // two hundred modules that no other answer needs
  return String(await pipeline.process(text))
}
