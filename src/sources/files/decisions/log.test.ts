import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDraft, testFolder } from '../../../../test/support/folder.ts'
import { readFolder } from '../index.ts'

const record = (title: string, status = 'Accepted') =>
  `# ${title}\n\nDate: 2026-01-02\n\n## Status\n\n${status}\n\n## Context\n\nx\n\n## Decision\n\ny\n`

async function readLog(files: Record<string, string>, namespace: string | undefined = 'parcels') {
  return readFolder(testFolder(files), { checkDraft, namespace })
}

describe('a log of decisions', () => {
  it('takes every Markdown file of a folder named as one, except README, index and templates', async () => {
    const read = await readLog({
      'docs/adr/0001-use-records.md': record('1. Use records'),
      'docs/adr/notes-on-style.md': record('Notes on style'),
      'docs/adr/0002-use-a-template-engine.md': record('2. Use a template engine'),
      'docs/adr/README.md': '# Log\n',
      'docs/adr/index.md': '# Log\n',
      'docs/adr/template.md': record('[short title]'),
      'docs/adr/adr-template.md': record('NUMBER. TITLE'),
      'docs/adr/templates/long.md': record('Long'),
      'docs/adr/0000-copied.md': record('[short title of solved problem and solution]'),
      'docs/guide.md': '# Guide\n',
      'README.md': '# Ours\n',
    })
    expect(read.drafts.map((draft) => draft.metadata.name)).toEqual(['0001-use-records', '0002-use-a-template-engine', 'notes-on-style'])
    expect(read).toMatchObject({ files: 3, documents: 3, problems: [] })
  })

  it('may be the given folder itself when all its Markdown files look like records', async () => {
    const log = { '0001-a.md': record('1. A'), 'why-b.md': record('B'), 'README.md': '# Log\n' }
    expect((await readLog(log)).drafts).toHaveLength(2)
    expect((await readLog({ ...log, 'guide.md': '# A guide\n' })).drafts).toHaveLength(0)
  })

  it('may be a single file', async () => {
    const folder = testFolder({ 'a.md': record('A'), 'b.md': record('B') })
    expect((await readFolder(join(folder, 'b.md'), { namespace: 'x' })).drafts).toMatchObject([{ metadata: { name: 'b', namespace: 'x' } }])
  })

  it('is named after its repository when nobody says otherwise', async () => {
    const folder = testFolder({ 'package.json': '{\n  "name": "@nordlys/Sort_Engine"\n}\n', 'docs/adr/0001-a.md': record('1. A') })
    mkdirSync(join(folder, '.git'))
    expect((await readFolder(folder)).drafts[0]!.metadata.namespace).toBe('sort-engine')
    const bare = testFolder({ 'sorter/docs/adr/0001-a.md': record('1. A') })
    expect((await readFolder(bare)).drafts[0]!.metadata.namespace).toBe('sorter')
  })

  it('names records within 63 characters, and two long names stay two', async () => {
    const long = `0001-${'very-'.repeat(20)}long`
    const { drafts } = await readLog({
      [`adr/${long}-a.md`]: record('1. A'),
      [`adr/${long}-b.md`]: record('B'),
      'adr/Größe & Gewicht.md': record('C'),
      'adr/決定.md': record('D'),
    })
    const names = drafts.map((draft) => draft.metadata.name)
    expect(names.every((name) => name.length <= 63)).toBe(true)
    expect(new Set(names).size).toBe(4)
    expect(names).toContain('grosse-gewicht')
  })
})

describe('superseding', () => {
  it('is written into both records and is no problem when both say it', async () => {
    const read = await readLog({
      'adr/0001-a.md': record('1. A', 'Superceded by [2. B](0002-b.md)'),
      'adr/0002-b.md': record('2. B', 'Accepted\n\nSupercedes [1. A](0001-a.md)'),
    })
    expect(read.drafts.map((draft) => [draft.spec.supersedes, draft.spec.supersededBy])).toEqual([
      [undefined, ['decision:parcels/0002-b']],
      [['decision:parcels/0001-a'], undefined],
    ])
    expect(read.problems).toEqual([])
  })

  it.each([
    ['by number', 'Superseded by ADR-0002'],
    ['by file name', 'Superseded by 0002-b.md'],
    ['by a bare number', 'superseded by 2'],
    ['by its full name', 'Superseded by decision:parcels/0002-b'],
    ['by a link of another folder', 'Superseded by [B](../adr/0002-b.md#status)'],
    ['by a link of a wiki', 'Superseded by [[0002-b]]'],
  ])('is found %s, and said when only one side says it', async (_, status) => {
    const read = await readLog({ 'adr/0001-a.md': record('1. A', status), 'adr/0002-b.md': record('2. B') })
    expect(read.drafts[1]!.spec.supersedes).toEqual(['decision:parcels/0001-a'])
    expect(read.problems).toMatchObject([{ code: 'files.one_sided_superseding', severity: 'warning', file: 'adr/0001-a.md', line: 7 }])
  })

  it('in part is read from a sentence too, and answered by any sentence', async () => {
    const read = await readLog({
      'adr/0001-a.md': `${record('1. A', 'Partly superseded')}\nThe ranges have been superseded by [ADR #2](0002-b.md).\n`,
      'adr/0002-b.md': `${record('2. B')}\nThis ADR in part supersedes [1](0001-a.md).\n`,
    })
    expect(read.drafts[1]!.spec.supersedes).toEqual(['decision:parcels/0001-a'])
    expect(read.problems).toEqual([])
  })

  it('by a record that is not there is a warning', async () => {
    const read = await readLog({ 'adr/0001-a.md': record('1. A', 'Superseded by [9. X](0009-x.md)') })
    expect(read.problems).toMatchObject([{ code: 'files.unknown_record', severity: 'warning', line: 7 }])
  })
})

describe('numbers', () => {
  it('used twice in one folder are a warning; gaps and other folders are none', async () => {
    const read = await readLog({
      'adr/0001-a.md': record('1. A'),
      'adr/0001-b.md': record('1. B'),
      'adr/0009-c.md': record('9. C'),
      'web/adr/0009-d.md': record('9. D'),
    })
    expect(read.problems).toMatchObject([{ code: 'files.double_number', severity: 'warning', file: 'adr/0001-b.md' }])
  })

  it('of packages that begin alike do not cost a record: the later is named with its package', async () => {
    const read = await readLog({ 'adr/0001-record.md': record('1. R'), 'packages/web/docs/adr/0001-record.md': record('1. R') })
    expect(read.drafts.map((draft) => draft.metadata.name)).toEqual(['0001-record', 'web-0001-record'])
    expect(read.problems).toMatchObject([{ code: 'files.double_name', severity: 'warning' }])
  })
})
