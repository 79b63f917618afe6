import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../src/sources/files/index.ts'
import { checkDraft, testFolder } from '../../support/folder.ts'

const repeat = (piece: string, bytes = 900_000) => piece.repeat(Math.floor(bytes / piece.length))

describe('a hostile decision record is read or named, and never hangs the reader', () => {
  // Measured: a full Markdown parser takes minutes on the first three at a fifth of this size.
  it.each([
    ['nested quotes with lazy lines', `${'>'.repeat(64)}${repeat('x\n')}`],
    ['links in links', repeat('[a](')],
    ['struck-out text that is never closed', repeat('~~a')],
    ['a list of a quarter million items', `# T\n\n## Considered Options\n\n${repeat('- a\n')}`],
    ['a status of a hundred thousand words', `# T\n\n## Status\n\n${repeat('accepted ')}`],
    ['ten thousand records it supersedes', `# T\n\n## Status\n\n${repeat('Supersedes [9](0009-x.md)\n')}`],
    ['comments in comments', repeat('<!--')],
    ['a title of a million brackets', `# ${repeat('[')}`],
    ['spaces without end', `# T${repeat(' ')}x`],
    ['lines without end', `# T${repeat('\n')}x`],
  ])('%s', async (_, body) => {
    const read = await readFolder(testFolder({ 'adr/0001-hostile.md': body, 'adr/0002-good.md': '# Good\n' }), { checkDraft })
    expect(read.drafts.map((draft) => draft.metadata.name)).toContain('0002-good')
    expect(read.documents).toBe(2)
  })

  it('a record of more than a megabyte is named and left out', async () => {
    const read = await readFolder(testFolder({ 'adr/0001-large.md': repeat('word ', 2_000_000), 'adr/0002-good.md': '# Good\n' }), {
      checkDraft,
    })
    expect(read.problems).toMatchObject([{ code: 'files.too_large', severity: 'error', file: 'adr/0001-large.md' }])
    expect(read.unreadable).toEqual(['adr/0001-large.md'])
    expect(read.drafts).toHaveLength(1)
  })

  it('a bomb in the front matter is named on its line', async () => {
    const read = await readFolder(testFolder({ 'adr/0001-bomb.md': `---\nstatus: &a accepted\nx: ${'['.repeat(1_000)}\n---\n# Bomb\n` }), {
      checkDraft,
    })
    expect(read.problems).toMatchObject([{ code: 'files.nesting', severity: 'error', file: 'adr/0001-bomb.md', line: 3 }])
    expect(read.drafts).toEqual([])
  })

  it('HTML, scripts and dangerous links stay text in the body, for the page to sanitise, and out of every other field', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror=alert(2)>[x](javascript:alert(3))'
    const read = await readFolder(
      testFolder({
        'adr/0001-x.md': `# Title ${attack}\n\n* Status: accepted ${attack}\n* Deciders: ${attack}\n\n## Considered Options\n\n* ${attack}\n\n## Decision\n\n${attack}\n`,
      }),
      { checkDraft },
    )
    const { body, outcome, ...rest } = read.drafts[0]!.spec
    expect(body).toContain(attack)
    expect(outcome).toBe(attack)
    expect(JSON.stringify([read.drafts[0]!.metadata, rest])).not.toMatch(/<|javascript:/)
  })
})
