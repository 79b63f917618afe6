import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readAttributes } from '../../../src/sources/git/files/attributes.ts'
import { scriptedFolder } from './build-repository.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

const name = fc.constantFrom('a', 'b', 'ab', 'a.js', 'b.min.js', 'src', 'vendor', 'c-1')
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const piece = fc.constantFrom('a', 'b', '*', '**', '?', '*.js', 'a*', '[ab]', '[!a]*', 'src', 'vendor', '*.min.*')
const pattern = fc
  .tuple(fc.boolean(), fc.array(piece, { minLength: 1, maxLength: 3 }))
  .map(([rooted, pieces]) => (rooted ? '/' : '') + pieces.join('/'))
const rule = fc
  .tuple(pattern, fc.constantFrom('linguist-generated', '-linguist-generated', 'linguist-generated=true', 'linguist-generated=false'))
  .map((both) => both.join(' '))
const file = fc.record({ in: fc.constantFrom('', 'src/', 'src/a/'), rules: fc.array(rule, { minLength: 1, maxLength: 4 }) })

test('attributes are read as git itself reads them', () => {
  const repository = folder.repository()
  fc.assert(
    fc.property(
      fc.uniqueArray(file, { maxLength: 3, selector: (one) => one.in }),
      fc.uniqueArray(path, { minLength: 10, maxLength: 30 }),
      (files, paths) => {
        for (const place of ['', 'src/', 'src/a/']) {
          const rules = files.find((one) => one.in === place)?.rules ?? []
          repository.write(`${place}.gitattributes`, `${rules.join('\n')}\n`)
        }
        const said = repository.gitWith({ input: paths.join('\0') }, 'check-attr', '-z', '--stdin', 'linguist-generated').split('\0')
        const byGit = paths.map((_, index) => {
          const value = said[index * 3 + 2]
          return value === 'set' || value === 'true' ? 'machine' : value === 'unset' || value === 'false' ? 'people' : undefined
        })
        const writtenBy = readAttributes(files.map((one) => ({ path: `${one.in}.gitattributes`, text: one.rules.join('\n') })))
        expect(paths.map(writtenBy)).toEqual(byGit)
      },
    ),
    { numRuns: 40 },
  )
})
