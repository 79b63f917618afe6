import { describe, expect, test } from 'vitest'
import { intentTrailersIn, referencesIn, referencesOfTrailers } from './references.ts'
import { isRevertTitle, revertedBy } from './reverts.ts'

describe('what a text names', () => {
  test.each([
    ['PAR-17: faster, see #12 and GH-13', ['PAR-17', '#12', '#13']],
    ['per ADR-7, adr 0012 and ADR_3', ['ADR-0007', 'ADR-0012', 'ADR-0003']],
    ['serves outcome:default/faster and outcome:calm', ['outcome:default/faster', 'outcome:default/calm']],
    ['UTF-8, SHA-256, ISO-8859, CVE-2024-1234, RFC-7231 and HTTP-2', []],
    ['a&#12; x#3 color#fff #0 #12a PAR-0 par-17 PAR-1.2 x/PAR-17', []],
    ['PAR-17 PAR-17', ['PAR-17']],
  ])('%s', (text, references) => {
    expect(referencesIn(text)).toEqual(references)
  })
})

describe('what trailers of intent name', () => {
  test.each([
    ['Serves', 'faster', ['outcome:default/faster']],
    ['Serves', 'principle:default/small, calm', ['principle:default/small', 'outcome:default/calm']],
    ['Implements', 'PAR-17', ['PAR-17']],
    ['implements', 'decision:0007-labels', ['decision:default/0007-labels']],
    ['Fixes', '#12, #13', ['#12', '#13']],
    ['Fixes', '1a2b3c4d ("Faster labels, again")', ['1a2b3c4d']],
    ['Implements', 'blueprint faster-labels', ['blueprint faster-labels']],
    ['Fixes', 'https://issues.parcels.example/17', ['https://issues.parcels.example/17']],
    ['Reviewed-by', 'PAR-17', []],
  ])('%s: %s', (key, value, references) => {
    expect(referencesOfTrailers([[key, value]])).toEqual(references)
  })

  test('also in the middle of a message, where a squash leaves them', () => {
    expect(intentTrailersIn('Title\n\n* one\n\n  Serves: faster\n\n* two\nsays fixes: none\nFixes:#3')).toEqual([
      ['Serves', 'faster'],
      ['Fixes', '#3'],
    ])
  })
})

describe('what a message takes back', () => {
  test.each([
    ['Revert "Faster"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.', '0123456789abcdef0123456789abcdef01234567'],
    ['Revert "Faster"\n\nIt was not.\n\nThis reverts commit 0123456.', '0123456'],
    ['revert: faster\n\nThis reverts commit 0123456.', '0123456'],
    ['Faster again\n\nThis reverts commit 0123456, which was wrong.', '0123456'],
    ['Revert "Merge x"\n\nThis reverts commit 0123456, reversing\nchanges made to 7654321.', '0123456'],
    ['Revert "Faster (#12)" (#13)', '#12'],
    ['Revert "Faster"\n\nReverts parcels/ferry#12', '#12'],
    ['Tidy\n\n* a\n\nThis reverts commit 0123456.', null],
    ['Faster (#12)', null],
    ['Revert "Faster"', null],
  ])('%j', (message, reverted) => {
    expect(revertedBy(message)).toBe(reverted)
  })

  test('titles that take back are told from titles that only sound like it', () => {
    expect(['Revert "x"', 'revert: x', 'Back out x', '[labels] Revert x', 'Reverts x'].map(isRevertTitle)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
    expect(['Reverted list order', 'Reverse the list', 'Backoff for retries'].map(isRevertTitle)).toEqual([false, false, false])
  })
})
