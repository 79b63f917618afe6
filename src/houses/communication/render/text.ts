import type { Told } from './told.ts'

/** The brief for a terminal: the headline, then parts with one sentence a line. */
export function renderText({ audience, scope, at, headline, sections }: Told): string {
  const parts = sections.map((section) => [section.title, ...section.claims.map((claim) => `  - ${claim.text}`)].join('\n'))
  const foot = `Told to ${audience} readers at ${at.slice(0, 16).replace('T', ' ')} UTC about "${scope}". What each sentence rests on: --format md, or --json.`
  return `${[headline.text, ...parts, foot].join('\n\n')}\n`
}
