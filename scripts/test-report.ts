/** What the runners counted, and what failed, from the reports they write: `npm test` says it once more at its end. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

export interface Counted {
  passed: number
  failed: number
  failures: Failure[]
}

export interface Failure {
  /** File, and line where the runner knows it. */
  where: string
  test: string
  said: string
}

interface Vitest {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

interface Playwright {
  stats: { expected: number; unexpected: number; flaky: number }
  suites: Suite[]
  errors: { message?: string }[]
}
interface Suite {
  suites?: Suite[]
  specs: { title: string; ok: boolean; file: string; line: number; tests: { results: { error?: { message?: string } }[] }[] }[]
}

/** Reads a report of Vitest or of Playwright; a runner that wrote none counted nothing. */
export function countedIn(file: string, root: string): Counted {
  if (!existsSync(file)) return { passed: 0, failed: 0, failures: [] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Vitest | Playwright
  return 'stats' in report ? ofPlaywright(report) : ofVitest(report, root)
}

function ofVitest({ numPassedTests, numFailedTests, testResults }: Vitest, root: string): Counted {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const where = relative(root, name)
    const tests = assertionResults.filter((test) => test.status === 'failed')
    if (tests.length === 0 && status === 'failed') return [{ where, test: '(the whole file)', said: firstOf(message) }]
    return tests.map(({ fullName, failureMessages }) => ({ where, test: fullName, said: firstOf(failureMessages.join('\n')) }))
  })
  return { passed: numPassedTests, failed: numFailedTests, failures }
}

function ofPlaywright({ stats, suites, errors }: Playwright): Counted {
  const specs = (suite: Suite): Suite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specs)]
  const failures = suites
    .flatMap(specs)
    .filter(({ ok }) => !ok)
    .map(({ title, file, line, tests }) => ({
      where: `test/e2e/${file}:${line}`,
      test: title,
      said: firstOf(tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? [])).join('\n')),
    }))
  const alone = errors.map(({ message = '' }) => ({ where: 'test/e2e', test: '(before any test)', said: firstOf(message) }))
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, failures: [...failures, ...alone] }
}

const MOST_LINES = 12

function firstOf(said: string): string {
  const lines = said
    .trim()
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
  return [...lines.slice(0, MOST_LINES), ...(lines.length > MOST_LINES ? [`… ${lines.length - MOST_LINES} more lines`] : [])].join('\n')
}

const MOST_NAMED = 25

/** Names what failed, each with the first lines of why: for whoever sees the end of a log alone. */
export function told(failures: readonly Failure[]): string {
  const named = failures.slice(0, MOST_NAMED).map(({ where, test, said }) => `✗ ${where} › ${test}\n${said.replace(/^/gm, '    ')}`)
  return [...named, ...(failures.length > MOST_NAMED ? [`… and ${failures.length - MOST_NAMED} more`] : [])].join('\n')
}
