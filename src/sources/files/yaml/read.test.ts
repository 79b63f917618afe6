import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../limits.ts'
import { readYaml } from './read.ts'

const read = (text: string) => readYaml(text, DEFAULT_LIMITS).documents
const values = (text: string) => read(text).map((document) => document.value)
const problems = (text: string) =>
  read(text)
    .flatMap((document) => document.problems)
    .map(({ code, line, column }) => `${code} ${line}:${column}`)

describe('YAML as it is read here', () => {
  it('knows the core schema only: dates, yes and no, and old octals stay what they look like', () => {
    expect(
      values('day: 2026-05-04\nanswer: yes\nswitch: off\ntime: 12:30:45\nold: 012\nnew: 0o14\nlong: 1_000\nnone: ~\ntrue: true\n'),
    ).toEqual([
      { day: '2026-05-04', answer: 'yes', switch: 'off', time: '12:30:45', old: 12, new: 12, long: '1_000', none: null, true: true },
    ])
  })

  it('merges maps with <<', () => {
    expect(values('base: &base { a: 1, b: 1 }\nmore:\n  <<: *base\n  b: 2\n')).toEqual([{ base: { a: 1, b: 1 }, more: { a: 1, b: 2 } }])
  })

  it('reads every document and passes over empty ones', () => {
    expect(values('# only a remark\n---\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2\n--- # three\nc: |\n  text\n  ---\n---\n')).toEqual([
      { a: 1 },
      { b: 2 },
      { c: 'text\n---\n' },
    ])
  })

  it('counts lines from the head of the file, also after other documents', () => {
    expect(read('a: 1\n---\n\n# x\nb: 2\n').map((document) => document.start)).toEqual([
      { line: 1, column: 1 },
      { line: 5, column: 1 },
    ])
    expect(problems('a: 1\n---\nb: 2\n---\nc:\n\t- d\n')).toEqual(['files.tab 6:1'])
  })

  it('reads line ends of every system', () => {
    expect(values('a: 1\r\nb: 2\r\n---\r\nc: 3\r\n')).toEqual([{ a: 1, b: 2 }, { c: 3 }])
  })

  it.each([
    ['a: "open\n', 'files.grammar 2:1'],
    ['a: [1, 2\n', 'files.grammar 2:1'],
    ['a: b: c\n', 'files.grammar 1:4'],
    ['a: 1\n  b: 2\n', 'files.grammar 1:4'],
    ['a: *nobody\n', 'files.grammar 1:4'],
    ['a: @x\n', 'files.grammar 1:4'],
    ['a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n', 'files.double_key 5:3'],
    ['__proto__: { polluted: true }\n', 'files.forbidden_key 1:1'],
    ['? [a, b]\n: 1\n', 'files.complex_key 1:3'],
    ['a: .nan\n', 'files.not_data 1:4'],
    ['a: -.inf\n', 'files.not_data 1:4'],
    ['a: !!binary aGk=\n', 'files.not_data 1:13'],
    ['a: &x [*x]\n', 'files.alias_circle 1:8'],
    ['a:\n  <<: 3\n', 'files.grammar 1:1'],
  ])('refuses %j where it is wrong', (text, problem) => {
    expect(problems(text)).toContain(problem)
    expect(values(text)).toEqual([undefined])
  })

  it('names both lines of a double key', () => {
    expect(read('a:\n  x: 1\n\n  x: 2\n')[0]!.problems[0]!.message).toContain('first on line 2')
  })

  it('takes an unknown tag away with a warning, and warns of numbers too long to keep', () => {
    expect(read('a: !Ref b\nc: 12345678901234567890\n')).toMatchObject([
      {
        value: { a: 'b' },
        problems: [
          { code: 'files.unknown_tag', severity: 'warning', line: 1, column: 4 },
          { code: 'files.imprecise', severity: 'warning', line: 2, column: 4 },
        ],
      },
    ])
  })

  it('reads keys that are names of the program’s own things as plain data', () => {
    const [value] = values('constructor: { prototype: { polluted: true } }\ntoString: 1\n') as [Record<string, unknown>]
    expect(Object.keys(value)).toEqual(['constructor', 'toString'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
