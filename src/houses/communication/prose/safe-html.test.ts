import { describe, expect, it } from 'vitest'
import { safeHtml } from './safe-html.ts'

describe('a rendered decision record', () => {
  it('keeps headings, lists, tables, code and links', async () => {
    const html = await safeHtml(
      '---\nstatus: accepted\n---\n# Title\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n`code` [link](https://example.com)',
    )
    expect(html).toContain('<h1>Title</h1>')
    expect(html).toContain('<table>')
    expect(html).toContain('<a href="https://example.com">link</a>')
    expect(html).not.toContain('status: accepted')
  })

  it('cannot run anything in the reader’s browser, or make it call anybody', async () => {
    const hostile =
      '<script>alert(1)</script><img src=x onerror=alert(1)><iframe src="//evil"></iframe><style>*{}</style>\n\n![pixel](https://evil.example/p.png) [x](javascript:alert(1)) <a href="https://ok.example" onclick="alert(1)">ok</a>\n\n<div id="root">clobber</div>'
    const html = await safeHtml(hostile)
    expect(html).not.toMatch(/script|onerror|onclick|iframe|<style|javascript:|<img|evil\.example|id="root"/i)
  })
})
