/**
 * `npm test`: everything. Static rules, then unit, store (embedded and a real PostgreSQL server), conformance,
 * faults, command line, and the browser. The last line counts what the runners counted.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb } from './build-web.ts'
import { countedIn, type Failure, told } from './test-report.ts'

const root = join(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'throughline-test-'))
/** Where `bin/throughline.cjs` keeps compiled sources, too: threads and servers that tests start find them there. */
const COMPILED = join(root, 'node_modules', '.cache', 'compiled')
/** What is said again at the end of a runner that broke without naming a test. */
const LAST_LINES = 30
const withoutBrowser = process.argv.includes('--without-browser')
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined

interface Step {
  name: string
  /** Module below node_modules, or a script of ours. */
  program: string
  args: string[]
  env?: Record<string, string>
  /** JSON report with numPassedTests and numFailedTests, or Playwright's stats. */
  report?: string
}

const vitest = (name: string, paths: string[], env: Record<string, string> = {}): Step => ({
  name,
  program: 'node_modules/vitest/vitest.mjs',
  args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, `${name}.json`)}`, ...paths],
  env,
  report: join(reports, `${name}.json`),
})

const EMBEDDED = ['src', 'web', 'examples', 'test/arch', 'test/conformance', 'test/cli']

/**
 * What shows how other systems and formats are read, or what whole stories come to, whatever they are kept in: on the server
 * alone, which is faster. The command line, the faults and the browser tell such stories on the embedded store.
 */
const ON_A_SERVER_ALONE = [
  'src/sources/github/pull',
  'src/sources/gitlab/pull',
  'src/sources/jira/pull',
  'src/sources/linear/pull',
  'src/sources/prometheus',
  'test/conformance/as-of',
  'test/conformance/cdevents',
  'test/conformance/deliveries',
  'test/conformance/example',
  'test/conformance/sources',
]

/** What is run on a real PostgreSQL server: all that writes or asks, and what must hold on both stores. */
const ON_A_SERVER = ['src/ground', 'src/houses', 'src/doors/http', 'src/sources/sql', ...ON_A_SERVER_ALONE]

/** Pure rooms touch no store: once is enough. */
const OF_NO_STORE = ['src/ground/core/**', 'src/ground/measures/{statistics,time}/**', 'src/houses/**/{assess,decide,tell}/**']

const steps: Step[] = [
  { name: 'types', program: 'node_modules/typescript/bin/tsc', args: ['-p', '.'] },
  { name: 'types-web', program: 'node_modules/typescript/bin/tsc', args: ['-p', 'web'] },
  { name: 'types-browser-tests', program: 'node_modules/typescript/bin/tsc', args: ['-p', 'test/e2e'] },
  { name: 'lint', program: 'node_modules/oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings', '--quiet'] },
  { name: 'format', program: 'node_modules/oxfmt/bin/oxfmt', args: ['--check', '.'] },
  { name: 'unused', program: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'routes', program: 'scripts/routes.ts', args: ['--check'] },
  { name: 'reference', program: 'scripts/reference.ts', args: ['--check'] },
  vitest('embedded', [...EMBEDDED, ...ON_A_SERVER_ALONE.map((folder) => `--exclude=${folder}/**`)]),
  // Who is killed, starts again or waits for a limit to pass leaves a core idle half of the time (measured): three at once.
  vitest('faults', ['test/faults', '--maxWorkers=3']),
  vitest('server', [...ON_A_SERVER, ...OF_NO_STORE.map((rooms) => `--exclude=${rooms}`)], { TEST_STORE: 'server' }),
  {
    name: 'browser',
    program: 'node_modules/@playwright/test/cli.js',
    args: ['test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'browser.json') },
    report: join(reports, 'browser.json'),
  },
]

let passed = 0
let failed = 0
const broken: string[] = []
const failures: Failure[] = []
buildWeb()
const chosen = steps.filter(({ name }) => (only ? name === only : !(withoutBrowser && name === 'browser')))
// What counts no tests says little and has no database: two at a time. The others have both cores to themselves.
const quick = chosen.filter(({ report }) => !report)
await Promise.all([inTurn(quick), inTurn(quick)])
for (const step of chosen) if (step.report) await run(step)
rmSync(reports, { recursive: true, force: true })
if (broken.length > 0) process.stdout.write(`\nFailed: ${broken.join(', ')}\n${told(failures)}\n`)
process.stdout.write(`\ntests: ${passed} passed, ${failed} failed\n`)
process.exit(broken.length > 0 || passed === 0 ? 1 : 0)

/** Takes one step after the other from a list that others take from, too. */
async function inTurn(waiting: Step[]): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) await run(step)
}

/** Runs a step to its end. Tests tell at once how they get on; what others say follows in one piece. */
async function run({ name, program, args, env, report }: Step): Promise<void> {
  const started = Date.now()
  if (report) process.stdout.write(`\n── ${name}\n`)
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
      if (report) process.stdout.write(piece)
    })
  const status = await new Promise<number | null>((ended) => child.on('close', ended))
  if (!report) process.stdout.write(`\n── ${name}\n${said}`)
  const counted = report ? countedIn(report, root) : { passed: 0, failed: 0, failures: [] }
  passed += counted.passed
  failed += counted.failed
  failures.push(...counted.failures)
  if (status !== 0) {
    broken.push(name)
    if (counted.failed === 0) failed += 1 // a runner that broke without counting is a failure, too
    if (counted.failures.length === 0)
      failures.push({ where: name, test: '(no test of its own)', said: said.trim().split('\n').slice(-LAST_LINES).join('\n') })
  }
  process.stdout.write(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}
