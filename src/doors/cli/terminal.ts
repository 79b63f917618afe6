import pc from 'picocolors'
import type { Problem } from '../../ground/core/index.ts'

/** Standard output is for the answer alone; with `--json` it is exactly one JSON value. */
export function answer(json: boolean, value: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text().trimEnd()}\n`)
}

/** Everything that is not the answer goes to standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function describeProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':') || problem.path
  const mark = problem.severity === 'error' ? pc.red('error') : pc.yellow('warning')
  return [
    `${place ? `${pc.bold(place)}  ` : ''}${mark} ${problem.message} ${pc.dim(`[${problem.code}]`)}`,
    problem.fix ? `    ${problem.fix}` : '',
  ]
    .filter(Boolean)
    .join('\n')
}

/** A moment to the minute, UTC: "2026-05-04 09:30". */
export function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}

/** "1 repository", "1,200 commits". */
export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-GB')} ${amount === 1 ? one : many}`
}

/** How sure something is: "99.2 %", never a full hundred. */
export function sureWords(confidence: number): string {
  return confidence > 0.999 ? 'more than 99.9 %' : `${(Math.floor(confidence * 1_000) / 10).toFixed(1)} %`
}

/** "2 errors, 1 warning", or "no problems". */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const parts = [errors ? counted(errors, 'error') : '', problems.length > errors ? counted(problems.length - errors, 'warning') : '']
  return parts.filter(Boolean).join(', ') || 'no problems'
}

/** One line that rewrites itself on a terminal, and one line every few seconds elsewhere. */
export function progressLine(label: string): { show(done: number, total: number | null, what?: string): void; end(): void } {
  const live = process.stderr.isTTY
  let lastShown = 0
  let shown = false
  return {
    show(done, total, what = '') {
      const now = Date.now()
      if (now - lastShown < (live ? 100 : 5_000)) return
      lastShown = now
      const share = total ? `${Math.floor((100 * done) / total)} %  ` : ''
      const line = `${label}  ${share}${done.toLocaleString('en-GB')}${total ? ` of ${total.toLocaleString('en-GB')}` : ''}  ${what}`
      process.stderr.write(live ? `\r\u001B[2K${line}` : `${line}\n`)
      shown = true
    },
    end() {
      if (live && shown) process.stderr.write('\r\u001B[2K')
    },
  }
}

/** Columns that line up; the first is the name, numbers are right-aligned by the caller. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(visible(title), ...rows.map((row) => visible(row[column] ?? ''))))
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, widths[column]! - visible(cell))))
      .join('  ')
      .trimEnd()
  return [pc.dim(line(head)), ...rows.map(line)].join('\n')
}

function visible(text: string): number {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001B\[[0-9;]*m/g, '').length
}
