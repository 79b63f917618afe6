import { expect, test } from 'vitest'
import { pairsInMailmap, pairsInSignatures } from './aliases.ts'

test('a mailmap joins addresses; a line that only renames joins nothing', () => {
  const text = [
    '# who is who',
    'Dev One <dev-1@example.org> <Dev.One@work.example>',
    'Dev One <dev-1@example.org> D. One <d1@home.example> # at home',
    'Dev Two <dev-2@example.org>',
    '<dev-3@example.org> <dev-3@old.example>',
    'Dev Four <dev-4@example.org> <dev-4@example.org>',
    'broken <dev-5@example.org',
  ].join('\n')
  expect(pairsInMailmap(text)).toEqual([
    ['dev-1@example.org', 'dev.one@work.example'],
    ['dev-1@example.org', 'd1@home.example'],
    ['dev-3@example.org', 'dev-3@old.example'],
  ])
})

test('who signs off their own commit under the same name has both addresses; others who sign do not', () => {
  const author = { name: 'Dev One', email: 'dev-1@example.org' }
  const signed = (value: string, key = 'Signed-off-by') => pairsInSignatures({ author, trailers: [[key, value]] })
  expect(signed('dev one <dev-1@work.example>')).toEqual([['dev-1@example.org', 'dev-1@work.example']])
  expect(signed('Dev One <DEV-1@example.org>')).toEqual([])
  expect(signed('Dev Two <dev-2@example.org>')).toEqual([])
  expect(signed('Dev One <dev-1@work.example>', 'Co-authored-by')).toEqual([])
  expect(
    pairsInSignatures({
      author: { name: 'helper[bot]', email: 'a@example.org' },
      trailers: [['Signed-off-by', 'helper[bot] <b@example.org>']],
    }),
  ).toEqual([])
})
