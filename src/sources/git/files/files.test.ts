import { describe, expect, test } from 'vitest'
import { readAttributes } from './attributes.ts'
import { generatedBy } from './generated.ts'
import { fits, readPattern } from './glob.ts'

const matches = (pattern: string, path: string): boolean => fits(readPattern(pattern), path.split('/'))

describe('patterns', () => {
  test.each([
    ['*.ts', 'a.ts', true],
    ['*.ts', 'a/b.ts', false],
    ['**/*.ts', 'a/b/c.ts', true],
    ['**/*.ts', 'c.ts', true],
    ['src/**', 'src/a/b', true],
    ['src/**', 'src', false],
    ['src/**/x', 'src/x', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[a-c]*', 'beta', true],
    ['[!a-c]*', 'beta', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['packages/*', 'packages/a/b', false],
    ['[', '[', true],
  ])('%s and %s: %s', (pattern, path, yes) => expect(matches(pattern, path)).toBe(yes))

  test('a hostile pattern ends soon', () => {
    expect(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(4000))).toBe(false)
    expect(matches(`${'**/a/'.repeat(200)}b`, `${'a/'.repeat(1000)}c`)).toBe(false)
  })
})

describe('generated and vendored files', () => {
  const generated = generatedBy(readAttributes([]))

  test.each([
    'package-lock.json',
    'web/yarn.lock',
    'go.sum',
    'vendor/lib/a.go',
    'a/node_modules/b/c.js',
    'web/app.min.js',
    'dist/index.js',
    'api/labels.pb.go',
    'labels_pb2.py',
    'src/__generated__/x.ts',
    'a.g.dart',
    'Form.Designer.cs',
    'third_party/x.c',
  ])('%s', (path) => expect(generated(path)).toBe(true))

  test.each([
    'src/lock.ts',
    'vendors.ts',
    'src/distance.ts',
    'generate.go',
    'docs/vendor.md',
    'admin.js',
    'package.json',
    'redistribute/a.c',
  ])('%s is written by people', (path) => expect(generated(path)).toBe(false))

  test('attributes of HEAD decide first, both ways, the deeper file and the later line before others', () => {
    const said = generatedBy(
      readAttributes([
        {
          path: '.gitattributes',
          text: '# all\n*.txt linguist-generated=true\n*.md text linguist-generated\ndocs/*.md -linguist-generated\n/vendor/** linguist-vendored=false\n"with space/*" linguist-generated\nbuild/ linguist-generated\n',
        },
        { path: 'notes/.gitattributes', text: '*.txt linguist-generated=false\n' },
      ]),
    )
    expect(
      [
        'a.txt',
        'b/c.txt',
        'notes/a.txt',
        'notes/deep/a.txt',
        'a.md',
        'docs/a.md',
        'docs/b/a.md',
        'vendor/a/b.go',
        'with space/a',
        'build/a',
      ].map(said),
    ).toEqual([true, true, false, false, true, false, true, false, true, false])
  })
})
