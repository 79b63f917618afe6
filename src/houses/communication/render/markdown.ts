import type { Claim } from '../../../ground/core/index.ts'
import { groundWords } from './grounds.ts'
import { claimsOf, type Told } from './told.ts'

/** What is told, as Markdown, each sentence with a footnote that names its grounds. */
export function renderMarkdown(told: Told): string {
  const numbers = new Map(claimsOf(told).map((claim, index) => [claim, index + 1]))
  const line = (claim: Claim) => `${escapeMarkdown(claim.text)}[^${numbers.get(claim)}]`
  const parts = told.sections.map((section) => [`## ${section.title}`, '', ...section.claims.map((claim) => `- ${line(claim)}`)].join('\n'))
  const notes = claimsOf(told).map(
    (claim) => `[^${numbers.get(claim)}]: ${claim.because.map((ground) => escapeMarkdown(groundWords(ground))).join('; ')}`,
  )
  return `${[`# ${escapeMarkdown(told.title)}`, `**${line(told.headline)}**`, ...parts, ...(told.note ? [escapeMarkdown(told.note)] : []), `About ${escapeMarkdown(told.scope)}, at ${told.at}, as known at ${told.asOf}.`, notes.join('\n')].join('\n\n')}\n`
}

/** Keeps text text: nothing in it becomes markup or HTML. A reader may still make links of bare addresses. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll(/[\\`*_[\]{}|~#!>^]/g, (mark) => `\\${mark}`)
      .replaceAll(/\s*\n\s*/g, ' ')
      // A line must not begin a list, a heading or a rule.
      .replace(/^(\s*\d*)([-+=.)])/, '$1\\$2')
  )
}
