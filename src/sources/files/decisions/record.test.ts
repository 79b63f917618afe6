import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../../../test/support/folder.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { readRecord } from './record.ts'

function read(path: string, text: string) {
  const { draft, problems, statements } = readRecord(path, text, 'parcels', DEFAULT_LIMITS)
  expect(checkDraft(draft).filter((problem) => problem.severity === 'error')).toEqual([])
  return { draft, spec: draft.spec, problems, statements }
}

describe('a record in the form of Nygard and adr-tools', () => {
  const text =
    '# 7. Sort parcels by street\n\nDate: 2025-11-03\n\n## Status\n\nAccepted\n\nSupercedes [3. Sort by postcode](0003-sort-by-postcode.md)\n\n## Context\n\nVans pass a street twice.\n\n## Decision\n\nWe sort by street.\n\n## Consequences\n\nThe sorter needs a map.\n'

  it('is read with its number, date, status and sections', () => {
    const { draft, spec, problems } = read('adr/0007-sort-by-street.md', text)
    expect(problems).toEqual([])
    expect(draft).toMatchObject({
      apiVersion: 'throughline.dev/v1',
      kind: 'Decision',
      metadata: { name: '0007-sort-by-street', namespace: 'parcels', title: 'Sort parcels by street' },
      file: 'adr/0007-sort-by-street.md',
      line: 1,
    })
    expect(spec).toEqual({
      status: 'accepted',
      date: '2025-11-03',
      number: 7,
      context: 'Vans pass a street twice.',
      outcome: 'We sort by street.',
      consequences: 'The sorter needs a map.',
      body: text,
    })
  })

  it('states what it supersedes, spelled with a c', () => {
    expect(read('adr/0007-sort-by-street.md', text).statements).toContainEqual({
      direction: 'supersedes',
      target: { file: '0003-sort-by-postcode', number: 3 },
      line: 9,
    })
  })

  it('says when title and file name disagree on the number', () => {
    expect(read('adr/0008-x.md', text).problems).toMatchObject([{ code: 'files.number_mismatch', severity: 'warning', line: 1 }])
  })
})

describe('a record in the form of MADR 2', () => {
  const text =
    '# Where to keep proofs of delivery\n\n* Status: [accepted ] <!-- optional -->\n* Deciders: [Storage team](https://example.com/team), Council <!-- optional -->\n* Date: 4 May 2026\n\nTechnical Story: the disk was full\n\n## Context and Problem Statement\n\nPhotos pile up.\n\n## Decision Drivers\n\n* Cost\n* Law: seven years\n\n## Considered Options\n\n* [Object store](https://example.com)\n* Own disks\n\n## Decision Outcome\n\nChosen option: "Object store", because it is cheap.\n\n### Positive Consequences\n\n* Room for all\n\n### Negative Consequences\n\n* One more supplier\n\n## Pros and Cons of the Options\n\n### Object store\n\nBy the gigabyte.\n\n* Good, because it grows\n* Bad, because it is far away\n\n### Own disks\n\n* `+` Near\n* `-` Full\n'

  it('is read with its deciders, drivers, options and arguments', () => {
    expect(read('docs/adr/0012-proofs.md', text).spec).toMatchObject({
      status: 'accepted',
      date: '2026-05-04',
      deciders: ['Storage team', 'Council'],
      context: 'Photos pile up.',
      drivers: ['Cost', 'Law: seven years'],
      options: [
        { title: 'Object store', description: 'By the gigabyte.', good: ['it grows'], bad: ['it is far away'] },
        { title: 'Own disks', good: ['Near'], bad: ['Full'] },
      ],
      outcome: 'Chosen option: "Object store", because it is cheap.',
      consequences: '**Positive Consequences**\n\n* Room for all\n\n**Negative Consequences**\n\n* One more supplier',
    })
    expect(read('docs/adr/0012-proofs.md', text).spec.statusAsWritten).toBeUndefined()
  })
})

describe('a record in the form of MADR 3 and 4', () => {
  const text =
    '---\nstatus: "superseded by ADR-0020"\ndate: 2026-01-15\ndecision-makers: [Council, group:default/platform]\nconsulted: legal\ninformed: everyone\nsupports: [principle:default/reuse]\naffects: component:default/sorter\nserves: faster\nrevisit-by: 2027-01-15\nassumptions:\n  - { measure: business.parcels, atMost: 50000, because: one sorter holds that }\ntags: [Sorting, "Big Machines"]\n---\n\n# One sorter for all depots\n\n## Context and Problem Statement\n\nDepots differ.\n\n## Considered Options\n\n* One\n* Many\n\n## Decision Outcome\n\nOne.\n\n### Consequences\n\n* Good, because it is one\n\n### Confirmation\n\nCounted at each depot.\n'

  it('is read with its front matter, and so are our own fields in it', () => {
    const { draft, spec, statements } = read('decisions/0019-one-sorter.md', text)
    expect(spec).toMatchObject({
      status: 'superseded',
      date: '2026-01-15',
      deciders: ['Council', 'group:default/platform'],
      consulted: ['legal'],
      informed: ['everyone'],
      supports: ['principle:default/reuse'],
      affects: ['component:default/sorter'],
      serves: ['faster'],
      revisitBy: '2027-01-15',
      assumptions: [{ measure: 'business.parcels', atMost: 50000, because: 'one sorter holds that' }],
      options: [{ title: 'One' }, { title: 'Many' }],
      outcome: 'One.',
      consequences: '* Good, because it is one',
      confirmation: 'Counted at each depot.',
    })
    expect(draft.metadata.tags).toEqual(['sorting', 'big-machines'])
    expect(statements).toMatchObject([{ direction: 'supersededBy', target: { number: 20 }, line: 2 }])
  })

  it('names broken front matter with its line', () => {
    expect(readRecord('adr/1-x.md', '---\nstatus: accepted\ndate: "2026\n---\n# X\n', 'parcels', DEFAULT_LIMITS).problems).toMatchObject([
      { code: 'files.grammar', severity: 'error', file: 'adr/1-x.md', line: 4 },
    ])
  })
})

describe('a record as people write it', () => {
  it('may state its fields in a table, in bold, or not at all', () => {
    expect(read('adr/1-a.md', '# A\n\n| Date | Status |\n| --- | --- |\n| 2018-02-05 | Accepted |\n').spec).toMatchObject({
      status: 'accepted',
      date: '2018-02-05',
    })
    expect(read('adr/1-a.md', '# A\n\n| Status | Rejected |\n| --- | --- |\n| Date | 2018-02-05 |\n').spec).toMatchObject({
      status: 'rejected',
      date: '2018-02-05',
    })
    expect(read('adr/1-a.md', '# A\n\n**Status**: Implemented  \n**Date:** Feb 5th, 2018\n').spec).toMatchObject({
      status: 'accepted',
      statusAsWritten: 'Implemented',
      date: '2018-02-05',
    })
    expect(read('adr/1-a.md', 'Only a sentence.').spec).toEqual({ status: 'not stated', number: 1, body: 'Only a sentence.' })
  })

  it('may have no title: the file name is one', () => {
    expect(read('adr/0030-deployable-docker-components.md', '## Context and Problem Statement\n\nx\n').draft.metadata.title).toBe(
      'Deployable docker components',
    )
  })

  it('may write our own sections, with an assumption as a sentence', () => {
    const { spec, problems } = read(
      'adr/2-b.md',
      '# B\n\n## Supports\n\n- principle:default/small-changes: because it is one\n\n## Against\n\n- `principle:default/reuse`\n\n## Assumptions\n\n- `delivery.change_failure_rate` of system:default/sorting at most 10%, because we watch it\n- Nobody moves.\n\n## Revisit by\n\n2027-06-01\n\n## Affects\n\n- [sorter](../sorter)\n- the whole company\n',
    )
    expect(spec).toMatchObject({
      supports: ['principle:default/small-changes'],
      against: ['principle:default/reuse'],
      assumptions: [{ measure: 'delivery.change_failure_rate', subject: 'system:default/sorting', atMost: '10%', because: 'we watch it' }],
      revisitBy: '2027-06-01',
      affects: ['sorter', 'the'],
    })
    expect(problems).toEqual([])
  })

  it('keeps HTML in its body as it came, and out of its title', () => {
    const { draft, spec } = read(
      'adr/3-c.md',
      '# <img src=x onerror=alert(1)>Title <script>alert(2)</script>\n\n<script>alert(3)</script>\n',
    )
    expect(draft.metadata.title).toBe('Title alert(2)')
    expect(spec.body).toContain('<script>alert(3)</script>')
  })

  it('does not take headings in code and comments for its own', () => {
    expect(
      read('adr/4-d.md', '<!--\n# Not this\n-->\n# This\n\n```sh\n# nor this\n```\n\nDecision\n--------\n\nYes.\n').spec,
    ).toMatchObject({ outcome: 'Yes.' })
  })

  it.each([
    ['2026-02-30', 'files.bad_date'],
    ['03/04/2026', 'files.ambiguous_date'],
    ['next spring', 'files.bad_date'],
  ])('leaves the date %s out and says why', (date, code) => {
    const { spec, problems } = read('adr/5-e.md', `# E\n\nDate: ${date}\n`)
    expect(spec.date).toBeUndefined()
    expect(problems).toMatchObject([{ code, severity: 'warning', line: 3 }])
  })
})

describe('what a record expects', () => {
  it('is read from front matter, the premortem also from a section, and refused at its line', () => {
    const matter = (probability: number) =>
      `---\nstatus: accepted\ndate: 2026-01-10\nexpects:\n  - { measure: delivery.change_lead_time, atMost: 2d, by: 2026-06-30, probability: ${probability} }\ntripwires:\n  - { measure: delivery.change_size, atMost: 400 }\n  - { measure: delivery.change_failure_rate, atMost: 10% }\n---\n# 9. Split changes\n\n## Premortem\n\nIt failed because nobody split them.\n`
    const { spec } = read('adr/0009-split.md', matter(0.8))
    expect(spec).toMatchObject({
      expects: [{ measure: 'delivery.change_lead_time', atMost: '2d', by: '2026-06-30', probability: 0.8 }],
      tripwires: [{ atMost: 400 }, { atMost: '10%' }],
      premortem: 'It failed because nobody split them.',
    })
    const { draft, places } = readRecord('adr/0009-split.md', matter(8), 'parcels', DEFAULT_LIMITS)
    expect(checkDraft(draft)).toMatchObject([{ severity: 'error', path: 'spec.expects.0.probability' }])
    expect(places.get('spec.expects')).toEqual({ line: 4, column: 1 })
  })
})
