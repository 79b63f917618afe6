import type { Told } from './told.ts'

/** What is told, for a terminal: the headline, then parts with one sentence a line. */
export function renderText({ title, scope, at, headline, sections, note }: Told): string {
  const parts = sections.map((section) => [section.title, ...section.claims.map((claim) => `  - ${claim.text}`)].join('\n'))
  const foot = `${title}, told at ${at.slice(0, 16).replace('T', ' ')} UTC about "${scope}". What each sentence rests on: --format md, or --json.`
  return `${[headline.text, ...parts, ...(note ? [note] : []), foot].join('\n\n')}\n`
}
