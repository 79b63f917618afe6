import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { scriptedFolder } from './build-repository.ts'
import { scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

describe('names and messages arrive as people wrote them', () => {
  test('a message in Latin-1, declared or not, and one in UTF-8', async () => {
    const repository = folder.repository()
    repository.git('config', 'i18n.commitEncoding', 'ISO-8859-1')
    const declared = repository.commit(Buffer.from('Größe geprüft', 'latin1'))
    repository.git('config', '--unset', 'i18n.commitEncoding')
    const tree = repository.git('rev-parse', 'HEAD^{tree}')
    const raw = Buffer.from(
      `tree ${tree}\nparent ${declared}\nauthor Jos\u00e9 <jose@parcels.example> 1767700000 +0100\ncommitter Jos\u00e9 <jose@parcels.example> 1767700000 +0100\n\nTama\u00f1o \u0096 comprobado\n`,
      'latin1',
    )
    const undeclared = repository.gitWith({ input: raw }, 'hash-object', '-t', 'commit', '-w', '--stdin')
    repository.git('update-ref', 'refs/heads/main', undeclared)
    const utf8 = repository.commit('寄件人 ✉ naïve')
    const { sink } = await scan(repository.path)
    expect(sink.one('commit', declared).message).toBe('Größe geprüft')
    expect(sink.one('commit', undeclared).message).toBe('Tamaño – comprobado')
    expect(sink.one('commit', utf8).message).toBe('寄件人 ✉ naïve')
  })

  test('paths with spaces, quotes, tabs, line feeds, leading dashes, shell characters and bytes that are no UTF-8', async () => {
    const repository = folder.repository()
    const names = [
      '-rf',
      '--exec=touch x',
      '$(touch x)',
      'a b',
      'quo"te',
      "apo'strophe",
      'tab\there',
      'line\nfeed',
      'back\\slash',
      ';rm -r',
      '`x`',
      'ünïcode',
      ':(glob)*',
    ]
    const commands = names
      .map(
        (name) =>
          `M 100644 inline ${JSON.stringify(name).replace('ünïcode', '\\303\\274n\\303\\257code').replaceAll('\\u0009', '\\t')}\ndata 2\nx\n`,
      )
      .join('')
    const latin1 = 'M 100644 inline "caf\\351.txt"\ndata 2\nx\n'
    repository.gitWith(
      { input: `commit refs/heads/main\ncommitter A <a@b.example> 1767700000 +0000\ndata 3\nodd\n${commands}${latin1}\n` },
      'fast-import',
      '--quiet',
    )
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(1)
    expect(
      sink
        .of('commit')[0]!
        .files!.map(([path]) => path)
        .sort(),
    ).toEqual([...names, 'café.txt'].sort())
  })

  test('a branch and a folder with names a shell would trip over', async () => {
    const repository = folder.repository("-rf $(touch x) 'ferry'")
    repository.commit('One')
    repository.git('symbolic-ref', 'HEAD', "refs/heads/-x;$(touch${IFS}y)'")
    repository.commit('Two')
    const { report, sink } = await scan(repository.path)
    expect(report).toMatchObject({ commits: 1, subject: 'repository:default/rf-touch-x-ferry' })
    expect(sink.drafts[0]!.spec.defaultBranch).toBe("-x;$(touch${IFS}y)'")
  })

  test('a message that ends at a NUL, is empty, or is far too long', async () => {
    const repository = folder.repository()
    repository.commit('One')
    const tree = repository.git('rev-parse', 'HEAD^{tree}')
    const withNul = repository.gitWith(
      { input: `tree ${tree}\nauthor A <a@b.example> 1767700000 +0000\ncommitter A <a@b.example> 1767700000 +0000\n\nbefore\0after\n` },
      'hash-object',
      '-t',
      'commit',
      '-w',
      '--stdin',
    )
    repository.git('update-ref', 'refs/heads/main', withNul)
    const empty = repository.commit('')
    const long = repository.commit(`Long\n\n${'lorem ipsum '.repeat(50_000)}`)
    const { sink } = await scan(repository.path)
    expect(sink.one('commit', withNul).message).toBe('before')
    expect(sink.one('commit', empty).message).toBe('')
    expect(sink.one('commit', long)).toMatchObject({ messageClipped: true })
    expect(sink.one('commit', long).message!.length).toBe(100_000)
  })

  test('whatever bytes messages and paths have, every commit and every file comes through', async () => {
    const bytes = (max: number, not: readonly number[]) =>
      fc.uint8Array({ minLength: 1, maxLength: max }).map((all) => Buffer.from(all.filter((byte) => !not.includes(byte))))
    const commit = fc.record({ message: bytes(60, [0]), path: bytes(20, [0, 0x2f, 0x2e]), lines: fc.integer({ min: 0, max: 5 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { minLength: 1, maxLength: 12 }), async (commits) => {
        const repository = folder.repository()
        const stream = commits.flatMap(({ message, path, lines }, index) => [
          Buffer.from(
            `commit refs/heads/main\nmark :${index + 1}\ncommitter A <a@b.example> ${1_767_700_000 + index} +0000\ndata ${message.length}\n`,
          ),
          message,
          Buffer.from(
            `\nM 100644 inline ${quoted(Buffer.concat([Buffer.from(`f${index}`), path]))}\ndata ${lines * 2}\n${'x\n'.repeat(lines)}\n`,
          ),
        ])
        repository.gitWith({ input: Buffer.concat(stream) }, 'fast-import', '--quiet')
        const { report, sink } = await scan(repository.path)
        expect(report.commits).toBe(commits.length)
        const scanned = sink.of('commit').sort((one, other) => (one.at < other.at ? -1 : 1))
        expect(scanned.map((one) => one.additions)).toEqual(commits.map((one) => one.lines))
        expect(scanned.map((one) => one.files!.length)).toEqual(commits.map(() => 1))
      }),
      { numRuns: 8 },
    )
  })

  test('trailers are those git itself sees', async () => {
    const line = fc.constantFrom(
      'Serves: outcome:default/faster',
      'Fixes: #12',
      'Co-authored-by: Kim <kim@parcels.example>',
      ' continued',
      'not a trailer',
      '',
      'Signed-off-by: Rosa <rosa@parcels.example>',
      '(cherry picked from commit 1234567)',
      'Key : value',
      '---',
      'http://x.example: y',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 6 }), async (messages) => {
        const repository = folder.repository()
        const names = messages.map((lines) => repository.commit(`Title\n\n${lines.join('\n')}\n`))
        const { sink } = await scan(repository.path)
        for (const name of names) {
          const said = repository
            .gitWith({ input: repository.git('log', '-1', '--format=%B', name) }, 'interpret-trailers', '--parse', '--no-divider')
            .split('\n')
            .filter((one) => one.includes(':'))
          const read = Object.entries(sink.one('commit', name).trailers ?? {}).flatMap(([key, values]) =>
            values.map((value) => `${key}: ${value}`),
          )
          expect(read.sort()).toEqual(said.sort())
        }
      }),
      { numRuns: 6 },
    )
  })
})

describe('people', () => {
  test('the mailmap of HEAD names authors and co-authors; programs and coding agents are told apart', async () => {
    const repository = folder.repository()
    repository.commit('One', {
      author: 'rosa <rosa@laptop.local>',
      files: { '.mailmap': 'Rosa Ferry <rosa@parcels.example> <rosa@laptop.local>\nKim Dray <kim@parcels.example> <kim@old.example>\n' },
    })
    const helped = repository.commit('Two\n\nCo-authored-by: kim <kim@old.example>\nCo-Authored-By: Claude <noreply@anthropic.com>\n', {
      author: 'Rosa Ferry <ROSA@parcels.example>',
    })
    const bot = repository.commit('Bump', { author: 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>' })
    const agent = repository.commit('Agent', { author: 'Copilot <198982749+Copilot@users.noreply.github.com>' })
    const { report, sink } = await scan(repository.path)
    expect(report).toMatchObject({ authors: 1, bots: ['Copilot', 'dependabot[bot]'] })
    expect(sink.one('commit', helped)).toMatchObject({
      author: 'rosa@parcels.example',
      coAuthors: ['kim@parcels.example'],
      agents: ['claude'],
    })
    expect(sink.one('commit', bot)).toMatchObject({ author: 'dependabot[bot]', bot: true })
    expect(sink.one('commit', agent)).toMatchObject({ author: 'Copilot', bot: true, agents: ['copilot'] })
  })

  test('an author without name or address is unknown, not nobody', async () => {
    const repository = folder.repository()
    repository.commit('One')
    const tree = repository.git('rev-parse', 'HEAD^{tree}')
    const nameless = repository.gitWith(
      { input: `tree ${tree}\nauthor  <> 1767700000 +0000\ncommitter  <> 1767700000 +0000\n\nx\n` },
      'hash-object',
      '-t',
      'commit',
      '--literally',
      '-w',
      '--stdin',
    )
    repository.git('update-ref', 'refs/heads/main', nameless)
    expect((await scan(repository.path)).sink.one('commit', nameless).author).toBe('unknown')
  })
})

/** A path as fast-import reads it: in C quotes, odd bytes in octal. */
function quoted(path: Buffer): string {
  return `"${[...path].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}"`
}

test('hostile messages are read in the time of long ones, not for ever', async () => {
  const repository = folder.repository()
  const blanks = ' '.repeat(90_000)
  for (const message of [
    `x${blanks}y`,
    `Serves: x${blanks}y`,
    `Title\n\nFixes: a${blanks}(b`,
    `Title\n\nCo-authored-by: a${blanks}b <c`,
    `Revert${'"('.repeat(40_000)}`,
    `Merge ${"branch '".repeat(10_000)}`,
    '\n \n'.repeat(30_000),
    'PAR-'.repeat(20_000),
  ])
    repository.commit(message)
  expect((await scan(repository.path)).report.commits).toBe(8)
}, 60_000)
