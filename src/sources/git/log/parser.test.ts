import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FileLines, LogEntry } from './entry.ts'
import { LogParser } from './parser.ts'
import { readText } from './text.ts'

type Told = Omit<LogEntry, 'trailers' | 'clipped' | 'files' | 'message' | 'author'> & {
  name: Buffer
  email: Buffer
  message: Buffer
  files: { path: Buffer; oldPath: Buffer | null; additions: number | null; deletions: number | null; raw: boolean }[]
}

const hex = (digits: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits }).map((all) => all.join(''))
const bytes = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((all) => Buffer.from(all.map((byte) => byte || 1)))
const lines = fc.option(fc.nat(100_000))
const entry: fc.Arbitrary<Told> = fc.oneof(hex(40), hex(64)).chain((sha) =>
  fc.record({
    sha: fc.constant(sha),
    parents: fc.array(hex(40), { maxLength: 3 }),
    authoredAt: fc.option(fc.nat(2_000_000_000)),
    committedAt: fc.option(fc.nat(2_000_000_000)),
    name: bytes(0, 12),
    email: bytes(0, 12),
    committerEmail: fc.constant('a@b.example'),
    message: bytes(0, 80),
    files: fc.array(
      fc.record({ path: bytes(1, 20), oldPath: fc.option(bytes(1, 20)), additions: lines, deletions: lines, raw: fc.boolean() }),
      { maxLength: 4 },
    ),
  }),
)

/** What `git log -z` would print. */
function printed(entries: readonly Told[]): Buffer {
  const NUL = Buffer.from([0])
  return Buffer.concat(
    entries.flatMap(({ sha, parents, authoredAt, committedAt, name, email, committerEmail, message, files }) => [
      ...[
        sha,
        parents.join(' '),
        `${authoredAt ?? ''}`,
        `${committedAt ?? ''}`,
        name,
        email,
        committerEmail,
        message,
        'Key: value\n',
      ].flatMap((field) => [typeof field === 'string' ? Buffer.from(field) : field, NUL]),
      ...files.flatMap(({ path, oldPath, additions, deletions, raw }, index) => {
        const begin = index === 0 ? '\n' : ''
        if (raw) return [Buffer.from(`${begin}:100644 100644 ${sha} ${sha} M\0`), path, NUL]
        const counts = Buffer.from(`${begin}${additions ?? '-'}\t${deletions ?? '-'}\t`)
        return oldPath === null ? [counts, path, NUL] : [counts, NUL, oldPath, NUL, path, NUL]
      }),
    ]),
  )
}

function expected({ name, email, message, files, ...told }: Told): LogEntry {
  const read = files.map(({ path, oldPath, additions, deletions, raw }): FileLines =>
    raw
      ? { path: readText(path), additions: null, deletions: null }
      : { path: readText(path), additions, deletions, ...(oldPath === null ? {} : { oldPath: readText(oldPath) }) },
  )
  return {
    ...told,
    author: { name: readText(name), email: readText(email) },
    message: readText(message).trimEnd(),
    clipped: false,
    trailers: [['Key', 'value']],
    files: read,
  }
}

function parse(output: Buffer, cuts: readonly number[]): LogEntry[] {
  const parser = new LogParser()
  const places = [0, ...cuts.map((cut) => cut % (output.length + 1)).sort((one, other) => one - other), output.length]
  return [...places.slice(1).flatMap((to, index) => parser.push(output.subarray(places[index], to))), ...parser.end('whole')]
}

test('whatever bytes messages, names and paths hold, and wherever the stream is cut, every commit is read as told', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), fc.array(fc.nat(10_000), { maxLength: 8 }), (entries, cuts) => {
      expect(parse(printed(entries), cuts)).toEqual(entries.map(expected))
    }),
    { numRuns: 500 },
  )
})

test('a commit that git did not finish is left out; one without files asked for is kept', () => {
  const told = {
    sha: 'a'.repeat(40),
    parents: [],
    authoredAt: 1,
    committedAt: 1,
    name: Buffer.from('A'),
    email: Buffer.from('a@b'),
    committerEmail: '',
    message: Buffer.from('x'),
    files: [],
  }
  const output = printed([told, { ...told, sha: 'b'.repeat(40) }])
  const read = (how: 'cut' | 'cut-between') => {
    const parser = new LogParser()
    return [...parser.push(output), ...parser.end(how)].map(({ sha }) => sha[0])
  }
  expect([read('cut'), read('cut-between')]).toEqual([['a'], ['a', 'b']])
  const parser = new LogParser()
  parser.push(output.subarray(0, output.length - 2))
  expect(() => parser.end('whole')).toThrow('in the middle of a commit')
})

test('output of another form is refused, not guessed at', () => {
  expect(() => new LogParser().push(Buffer.from('no commit\0\0\0\0\0\0\0\0\0'))).toThrow('is not the name of a commit')
})
