import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../../../../test/support/folder.ts'
import { DEFAULT_LIMITS } from '../../limits.ts'
import { readRecord } from '../record.ts'
import { supersedePair } from './supersede.ts'
import { recordFileName, recordText } from './template.ts'

/** Logs as people write them; each keeps odd spaces, endings and lines nobody knows, which have to stay. */
const FORMS: Record<string, (title: string) => string> = {
  'MADR 4': (title) =>
    `---\nstatus: "accepted"  # by all\ndate: 2026-01-10\nmystery: [1,2]\n---\n\n# ${title}\n\n## Context and Problem Statement\n\nWhy?  \n`,
  'MADR 2': (title) =>
    `# ${title}\n\n* Status: accepted <!-- optional -->\n* Deciders: council\n* Date: 2026-01-10\n\n## Context and Problem Statement\n\nWhy?\n`,
  Nygard: (title) => `# ${title}\n\nDate: 2026-01-10\n\n## Status\n\nAccepted\n\n## Context\n\nWhy?\n\n## Decision\n\nSo.`,
  'Nygard, Windows': (title) => `# ${title}\r\n\r\n## Status\r\n\r\nAccepted on 2026-01-10\r\n\r\n## Context\r\n\r\nWhy?\r\n`,
  'a table': (title) => `# ${title}\n\n| Status | accepted |\n| --- | --- |\n| Date | 2026-01-10 |\n\n## Context\n\nWhy?\n`,
  'no status': (title) => `# ${title}\n\n## Context and Problem Statement\n\nWhy?\n\n## Decision Outcome\n\nSo.\n`,
  'front matter without a status': (title) => `---\ntitle: ${title}\n---\n# ${title}\n\n## Context\n\nWhy?\n`,
}

/** Lines that went and came; everything else is where it was. */
function changes(before: string, after: string): { gone: string[]; come: string[] } {
  const [a, b] = [before.split(/(?<=\n)/), after.split(/(?<=\n)/)]
  const start = a.findIndex((line, index) => line !== b[index])
  let end = 0
  while (end < Math.min(a.length, b.length) - Math.max(0, start) && a.at(-1 - end) === b.at(-1 - end)) end++
  return start < 0 && a.length === b.length
    ? { gone: [], come: [] }
    : { gone: a.slice(start, a.length - end), come: b.slice(start, b.length - end) }
}

describe('superseding a record', () => {
  const cases = Object.keys(FORMS).flatMap((old) => Object.keys(FORMS).map((young) => [old, young] as const))

  it.each(cases)('written as %s by one written as %s changes only the lines that say so, in both', (old, young) => {
    const older = { path: '0001-a.md', text: FORMS[old]!('1. A') }
    const newer = { path: '0012-b.md', text: FORMS[young]!('12. B') }
    const pair = supersedePair(older, newer)
    if (!pair.ok) throw new Error(pair.problems[0]!.message)
    const [inOlder, inNewer] = [changes(older.text, pair.value.older), changes(newer.text, pair.value.newer)]
    expect(inOlder.gone.length).toBeLessThanOrEqual(1)
    expect(inOlder.come.filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(2)
    expect(inOlder.come.join('')).toMatch(/superseded by .*0012-b\.md/i)
    expect(inNewer.gone.map((line) => line.trim())).toEqual(inNewer.gone.length === 0 ? [] : [inNewer.come[0]!.trim()]) // a last line that gets its ending
    expect(inNewer.come.join('')).toMatch(/supersedes.*0001-a\.md/i)
    const ends = (text: string) => /\r\n/.test(text)
    expect(ends(pair.value.older)).toBe(ends(older.text))
  })

  it('adds to what a record replaced before', () => {
    const older = { path: '0001-a.md', text: FORMS.Nygard!('1. A') }
    for (const said of ['supersedes: 0002-c.md', 'supersedes: [0002-c.md, ADR-3]', 'supersedes:\n  - 0002-c.md']) {
      const pair = supersedePair(older, { path: '0012-b.md', text: `---\nstatus: accepted\n${said}\n---\n# B\n` })
      expect(
        pair.ok &&
          readRecord('0012-b.md', pair.value.newer, 'log', DEFAULT_LIMITS).statements.map(({ target }) => target.number ?? target.file),
      ).toContain(1)
      expect(pair.ok && pair.value.newer).toContain('0002-c.md')
    }
  })

  it('refuses, and says what to write by hand, where what it wrote would not be read again', () => {
    const odd = { path: '0001-a.md', text: '---\nstatus:\n  - accepted\n  - really\n---\n# A\n' }
    const pair = supersedePair(odd, { path: '0012-b.md', text: FORMS['MADR 4']!('B') })
    expect(pair.ok ? null : pair.problems[0]).toMatchObject({
      code: 'decision.not_writable',
      file: '0001-a.md',
      fix: expect.stringContaining('Superseded by [12. B](0012-b.md)'),
    })
  })
})

describe('a new record', () => {
  const record = {
    title: 'Split the "order" service | soon',
    number: 31,
    date: '2026-05-04',
    deciders: ['group:default/council'],
    serves: ['outcome:default/faster'],
    options: [
      { title: 'Split it', good: ['teams ship alone'], bad: ['two stores'] },
      { title: 'Leave it', neutral: ['nothing changes'] },
    ],
    tradeOffs: [
      {
        criterion: 'outcome:default/faster',
        outcome: 'outcome:default/faster',
        options: [
          { option: 'Split it', effect: 'much better' as const, note: 'days, not weeks' },
          { option: 'Leave it', effect: 'same' as const },
        ],
      },
      {
        criterion: 'cost to run',
        options: [
          { option: 'Split it', effect: 'worse' as const, note: 'a | b' },
          { option: 'Leave it', effect: 'unknown' as const },
        ],
      },
    ],
    outcome: 'Chosen option: "Split it", because teams ship alone.',
  }

  it('reads again as it was meant, its matrix of options by criteria too', () => {
    const { draft, problems } = readRecord(recordFileName(record, 4), recordText(record), 'shop', DEFAULT_LIMITS)
    expect(problems).toEqual([])
    expect(checkDraft(draft)).toEqual([])
    expect(draft).toMatchObject({ file: '0031-split-the-order-service-soon.md', metadata: { title: record.title } })
    const { options, tradeOffs, outcome, deciders, serves } = record
    expect(draft.spec).toMatchObject({ number: 31, status: 'proposed', date: '2026-05-04', options, tradeOffs, outcome, deciders, serves })
  })

  it('asks in comments for what is not known yet, and none of that is read', () => {
    const { draft } = readRecord('0001-x.md', recordText({ title: 'X', number: 1, date: '2026-05-04' }), 'shop', DEFAULT_LIMITS)
    expect(Object.keys(draft.spec).sort()).toEqual(['body', 'date', 'number', 'status'])
  })
})
