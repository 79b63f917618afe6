import type { Claim } from '../../../ground/core/index.ts'
import { groundWords } from './grounds.ts'
import { claimsOf, type Told } from './told.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #60646c; --line: #d9d9e0; --page: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --soft: #b0b4ba; --line: #43484e; --page: #111113 } }
body { font: 17px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem }
h1 { font-size: 1.45rem; line-height: 1.35; text-wrap: balance }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; color: var(--soft) }
ul { padding-left: 1.1rem } li { margin: .35rem 0 }
sup a { color: var(--soft); text-decoration: none; padding: 0 .15rem } sup a:focus-visible { outline: 2px solid }
section.grounds { margin-top: 3rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); overflow-wrap: anywhere }
footer { margin-top: 1.5rem; font-size: .85rem; color: var(--soft) }
@media print { :root { --ink: #000; --soft: #444; --page: #fff } body { font-size: 11pt; margin: 0; max-width: none } section, li { break-inside: avoid } }
`.trim()

/** What is told, as one HTML page that needs nothing else: no script, no font, no address. Prints well. */
export function renderHtml(told: Told): string {
  const numbers = new Map(claimsOf(told).map((claim, index) => [claim, index + 1]))
  const line = (claim: Claim) => {
    const number = numbers.get(claim)
    return `${escapeHtml(claim.text)}<sup><a href="#ground-${number}" id="claim-${number}" aria-label="Grounds of sentence ${number}">${number}</a></sup>`
  }
  const sections = told.sections.map(
    (section) =>
      `<section>\n<h2>${escapeHtml(section.title)}</h2>\n<ul>\n${section.claims.map((claim) => `<li>${line(claim)}</li>`).join('\n')}\n</ul>\n</section>`,
  )
  const grounds = claimsOf(told).map(
    (claim) => `<li id="ground-${numbers.get(claim)}">${claim.because.map((ground) => escapeHtml(groundWords(ground))).join('<br>')}</li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(told.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${line(told.headline)}</h1>
${sections.join('\n')}
<section class="grounds">
<h2>What each sentence rests on</h2>
<ol>
${grounds.join('\n')}
</ol>
</section>
</main>
<footer>${told.note ? `${escapeHtml(told.note)} ` : ''}About ${escapeHtml(told.scope)}, at ${told.at}, as known at ${told.asOf}.</footer>
</body>
</html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark]!)
}
