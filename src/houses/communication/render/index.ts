/** A brief or story written down: text, Markdown, HTML. */
import { renderHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { renderText } from './text.ts'
import type { Told } from './told.ts'

export { claimsOf, type Told } from './told.ts'

export const FORMATS = ['text', 'md', 'html', 'json'] as const
export type Format = (typeof FORMATS)[number]

const WRITERS: Record<Exclude<Format, 'json'>, (told: Told) => string> = { text: renderText, md: renderMarkdown, html: renderHtml }

/** The brief in a written format. JSON is its claims as they are, so it has no writer. */
export function render(told: Told, format: Exclude<Format, 'json'>): string {
  return WRITERS[format](told)
}
