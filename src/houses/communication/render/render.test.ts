import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeHtml } from '../prose/safe-html.ts'
import { claim, fromEntity, fromReading } from '../tell/claims.ts'
import { reading } from '../tell/facts.fixture.ts'
import { render, type Told } from './index.ts'
import { escapeHtml } from './html.ts'
import { escapeMarkdown } from './markdown.ts'

const hostile = '<script>alert(1)</script> [x](javascript:alert(1)) **bold** `code` & "quotes"'
function told(text: string): Told {
  return {
    title: 'Brief for executive readers',
    scope: 'default',
    at: '2026-06-01T00:00:00.000Z',
    asOf: '2026-06-01T00:00:00.000Z',
    headline: claim('1 outcome: 1 met.', fromReading(reading('delivery.change_lead_time', 3_600))),
    sections: [{ title: 'Outcomes', claims: [claim(text, fromEntity('outcome:default/x', text))] }],
  }
}

describe('a brief as text', () => {
  it('has the headline first and one sentence a line', () => {
    expect(render(told('A is met.'), 'text')).toBe(
      '1 outcome: 1 met.\n\nOutcomes\n  - A is met.\n\nBrief for executive readers, told at 2026-06-01 00:00 UTC about "default". What each sentence rests on: --format md, or --json.\n',
    )
  })
})

describe('a brief as a page', () => {
  it('needs nothing from anywhere and runs nothing', () => {
    const html = render(told(hostile), 'html')
    expect(html).not.toMatch(/<script|src=|href="(?!#)|@import|url\(/i)
    expect(html).toContain('&lt;script&gt;')
  })

  it('lists what each sentence rests on', () => {
    const html = render(told('A is met.'), 'html')
    expect(html).toContain(
      '<li id="ground-1">delivery.change_lead_time of namespace:default, 2026-05-04 to 2026-06-01: 60 min, n = 40</li>',
    )
    expect(html).toContain('href="#ground-2"')
  })
})

describe('a brief as Markdown', () => {
  it('keeps hostile titles text when it is rendered', async () => {
    const html = await safeHtml(render(told(hostile), 'md'))
    expect(html).not.toMatch(/<script|javascript:alert\(1\)"|<strong>bold/)
    expect(html).toContain('**bold**')
  })
})

describe('escaping', () => {
  it('leaves no way out of text in HTML', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('turns any line into Markdown that renders as that line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[!-~][ -~]{0,40}[A-Za-z]$/), async (text) => {
        const html = await safeHtml(escapeMarkdown(text))
        const shown = html
          .replaceAll(/^<p>|<\/p>$|<a href="[^"]*">|<\/a>/g, '')
          .replaceAll('&#x3C;', '<')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&#x26;', '&')
          .replaceAll('&amp;', '&')
        expect(shown.replaceAll(/\s+/g, ' ')).toBe(text.replaceAll(/\s+/g, ' '))
      }),
      { numRuns: 500 },
    )
  })
})
