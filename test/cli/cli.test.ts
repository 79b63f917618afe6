import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataFolder } from '../support/store.ts'

const bin = join(import.meta.dirname, '../../bin/throughline.cjs')
const folder = mkdtempSync(join(tmpdir(), 'throughline-cli-'))
const data = join(folder, 'data')
const repository = join(folder, 'shop')

interface Run {
  code: number
  out: string
  err: string
}

/** Runs the real command line in a process of its own. */
function throughline(args: string[], stdin?: string): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...args],
      { env: { ...process.env, THROUGHLINE_DATA: data, THROUGHLINE_URL: '', NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 2 : 0, out, err })
      },
    )
    child.stdin?.end(stdin ?? '')
  })
}

function git(...args: string[]): void {
  const date = `2026-05-0${1 + (commits % 9)}T10:00:00Z`
  execFileSync('git', ['-C', repository, '-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    stdio: 'ignore',
  })
}
let commits = 0
function commit(file: string, message: string): void {
  writeFileSync(join(repository, file), `${message}\n`)
  git('add', '.')
  git('commit', '-m', message)
  commits += 1
}

beforeAll(() => {
  mkdirSync(repository, { recursive: true })
  execFileSync('git', ['init', '-q', '-b', 'main', repository])
  commit('a.txt', 'First (#1)')
  git('tag', '-a', 'v1.0.0', '-m', 'one')
  commit('b.txt', 'Faster basket (#2)\n\nServes: outcome:default/faster')
  commit('c.txt', 'Fix the total (#3)')
  git('tag', '-a', 'v1.1.0', '-m', 'two')
})
const remove: (() => Promise<void>)[] = []
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  for (const one of remove) await one()
})

/** The environment of an empty store beside ours; ours is the one whose first start is tried. */
async function elsewhere(): Promise<NodeJS.ProcessEnv> {
  const place = await dataFolder()
  remove.push(place.remove)
  return { ...process.env, THROUGHLINE_DATA: place.folder, THROUGHLINE_URL: '' }
}

describe('the command line', () => {
  test('help teaches every command with lines to copy', async () => {
    expect((await throughline(['--version'])).out).toMatch(/^throughline \d+\.\d+\.\d+\n$/)
    const help = await throughline(['--help'])
    // A name as long as "capabilities" does not run into what it is about.
    expect(help.out).toMatch(/^ {2}capabilities {2}tell who/m)
    for (const name of [
      'scan',
      'import',
      'check',
      'apply',
      'brief',
      'measure',
      'trace',
      'gaps',
      'export',
      'retract',
      'example',
      'token',
      'backup',
      'restore',
      'doctor',
      'serve',
    ])
      expect(help.out + help.err).toContain(name)
    expect((await throughline(['scan', '--help'])).out).toContain('throughline scan .')
  })

  test('an unknown command is answered with the nearest one and exit code 2', async () => {
    const run = await throughline(['scna'])
    expect(run.code).toBe(2)
    expect(run.err).toContain('scan')
  })

  test('an option nobody has, or one argument too many, is refused: it would be answered by something else', async () => {
    const run = await throughline(['brief', '--audiance', 'product', '--json'])
    expect(run.code).toBe(2)
    expect(JSON.parse(run.out)).toMatchObject({ error: { code: 'cli.unknown_option', fix: expect.stringContaining('"--audience"') } })
    expect((await throughline(['gaps', 'outcome:default/faster'])).err).toContain('no use for "outcome:default/faster"')
    const missing = await throughline(['trace'])
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('throughline trace --help')])
  })

  test('scan counts what git counts, and reads nothing twice', async () => {
    const first = await throughline(['scan', repository, '--json'])
    expect(first.code, first.err).toBe(0)
    expect(JSON.parse(first.out)).toMatchObject({
      repositories: [{ subject: 'repository:default/shop', commits: 3, newCommits: 3, changes: 3, deployments: 2 }],
    })
    expect(JSON.parse((await throughline(['scan', repository, repository, '--json'])).out)).toMatchObject({
      repositories: [{ commits: 3, newCommits: 0 }],
    })
    expect((await throughline(['scan', repository, join(folder, 'nowhere')])).code).toBe(2)
  })

  test('a measure answers from what was scanned, with how many records', async () => {
    const run = await throughline([
      'measure',
      'delivery.deployment_frequency',
      '--subject',
      'repository:default/shop',
      '--from',
      '2026-05-01',
      '--to',
      '2026-05-29',
      '--json',
    ])
    expect(run.code, run.err).toBe(0)
    const { readings } = JSON.parse(run.out) as { readings: { value: number; n: number }[] }
    expect(readings[0]).toMatchObject({ n: 2 })
  })

  test('a measure shows the records behind it, line by line', async () => {
    const run = await throughline(['measure', 'delivery.deployment_frequency', '--from', '2026-05-01', '--to', '2026-05-29', '--rows'])
    expect(run.out).toMatch(/deployment:git\/v1\.1\.0/)
    expect(run.out).toMatch(/deployment:git\/v1\.0\.0/)
  })

  test('the brief is one JSON value and every claim has grounds', async () => {
    const run = await throughline(['brief', '--audience', 'engineering', '--json'])
    const brief = JSON.parse(run.out) as { audience: string; claims: { text: string; because: unknown[] }[] }
    expect(brief.audience).toBe('engineering')
    expect(brief.claims.length).toBeGreaterThan(2)
    for (const claim of brief.claims) expect(claim.because.length, claim.text).toBeGreaterThan(0)
  })

  test('import takes lines from standard input, once', async () => {
    const line = JSON.stringify({
      kind: 'incident',
      source: 'pager',
      id: 'P1',
      subject: 'repository:default/shop',
      at: '2026-05-03T12:00:00Z',
      title: 'Basket empty',
      openedAt: '2026-05-03T12:00:00Z',
    })
    expect(JSON.parse((await throughline(['import', '-', '--json'], `${line}\n`)).out)).toMatchObject({ accepted: 1, rejected: 0 })
    const again = await throughline(['import', '-', '--json'], `${line}\nrubbish\n`)
    expect(again.code).toBe(1)
    expect(JSON.parse(again.out)).toMatchObject({ accepted: 0, duplicates: 1, rejected: 1 })
  })

  test('check names the place of a problem, apply writes what is right, export gives it back unchanged', async () => {
    const intent = join(folder, 'intent')
    mkdirSync(intent)
    writeFileSync(
      join(intent, 'outcome.yaml'),
      'apiVersion: throughline.dev/v1\nkind: Outcome\nmetadata: { name: faster }\nspec:\n  statement: Customers get improvements within a day.\n  lever: time-to-market\n  owner: group:default/delivery\n  measure: delivery.change_lead_time\n  baseline: { value: 4d, at: 2026-01-01 }\n  target: { value: 1d, by: 2027-03-31 }\n',
    )
    writeFileSync(
      join(intent, 'broken.yaml'),
      'apiVersion: throughline.dev/v1\nkind: Outcome\nmetadata: { name: broken }\nspec:\n  statement: 12\n',
    )
    const checked = await throughline(['check', intent, '--json'])
    expect(checked.code).toBe(1)
    const { problems } = JSON.parse(checked.out) as { problems: { file: string; line: number; severity: string }[] }
    expect(problems.some(({ file, line }) => file.endsWith('broken.yaml') && line === 5)).toBe(true)
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'files.dangling_reference',
        severity: 'warning',
        line: 7,
        message: expect.stringContaining('group:default/delivery'),
      }),
    )
    expect(JSON.parse((await throughline(['apply', intent, '--json'])).out)).toMatchObject({ created: 1 })
    const exported = JSON.parse((await throughline(['export', '--kind', 'Outcome', '--json'])).out) as {
      entities: { relations?: unknown }[]
    }
    const copy = join(folder, 'copy')
    mkdirSync(copy)
    writeFileSync(join(copy, 'all.yaml'), exported.entities.map(({ relations: _, ...entity }) => JSON.stringify(entity)).join('\n---\n'))
    const fresh = await elsewhere()
    execFileSync(process.execPath, [bin, 'apply', copy, '--json'], { env: fresh })
    const again = JSON.parse(
      execFileSync(process.execPath, [bin, 'export', '--kind', 'Outcome', '--json'], { env: fresh, encoding: 'utf8' }),
    )
    expect(again).toEqual(exported)
  })

  test('a folder that is not there is no empty folder: nothing that came from it is taken away', async () => {
    const moved = join(folder, 'moved')
    renameSync(join(folder, 'intent'), moved)
    const run = await throughline(['apply', join(folder, 'intent'), '--json'])
    renameSync(moved, join(folder, 'intent'))
    expect([run.code, JSON.parse(run.out)]).toMatchObject([2, { error: { code: 'files.not_found' } }])
    expect(JSON.parse((await throughline(['export', '--kind', 'Outcome', '--json'])).out).entities).toHaveLength(1)
  })

  test('what export writes is applied as it is, as YAML and as JSON', async () => {
    const exported = (await throughline(['export', '--json'])).out
    for (const [name, text] of [
      ['all.json', exported],
      ['all.yaml', (await throughline(['export'])).out],
    ] as const) {
      writeFileSync(join(folder, name), text)
      const fresh = await elsewhere()
      execFileSync(process.execPath, [bin, 'apply', join(folder, name)], { env: fresh })
      const again: { entities: object[] } = JSON.parse(
        execFileSync(process.execPath, [bin, 'export', '--json'], { env: fresh, encoding: 'utf8' }),
      )
      expect(again).toEqual(JSON.parse(exported))
    }
  })

  test('trace walks from the outcome to the commit that serves it, and back', async () => {
    const down = JSON.parse((await throughline(['trace', 'outcome:default/faster', '--down', '--json'])).out) as { nodes: { id: string }[] }
    const commitId = down.nodes.map(({ id }) => id).find((id) => id.startsWith('commit:git/') || id.startsWith('change:git/'))
    expect(commitId).toBeDefined()
    const up = JSON.parse((await throughline(['trace', commitId!, '--up', '--json'])).out) as { nodes: { id: string }[] }
    expect(up.nodes.map(({ id }) => id)).toContain('outcome:default/faster')
  })

  test('a backup restores into an empty store', async () => {
    const file = join(folder, 'copy.backup')
    expect((await throughline(['backup', file])).code).toBe(0)
    const restored = { ...process.env, THROUGHLINE_DATA: join(folder, 'restored'), THROUGHLINE_URL: '' }
    execFileSync(process.execPath, [bin, 'restore', file], { env: restored })
    const reading = JSON.parse(
      execFileSync(
        process.execPath,
        [
          bin,
          'measure',
          'delivery.deployment_frequency',
          '--subject',
          'repository:default/shop',
          '--from',
          '2026-05-01',
          '--to',
          '2026-05-29',
          '--json',
        ],
        { env: restored, encoding: 'utf8' },
      ),
    )
    expect(reading.readings[0].n).toBe(2)
  })

  test('doctor looks at runtime, git and store', async () => {
    const run = await throughline(['doctor', '--json'])
    expect(JSON.parse(run.out).checks.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['Node', 'git', 'store']))
    expect(run.code, run.out).toBe(0)
  })
})
