import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAYS, END, eventsOf, MINUTES, START, subjectOf } from './traffic.ts'

const ADDRESS = '127.0.0.1:19390'

/**
 * The same questions to Prometheus over the same minutes: from raw series (`sum_over_time` of gauges that are aligned to
 * the minute, so that both have the same samples), and from series as recording rules would have left them, one an SLO
 * and window with its last value. Compares the answers to nine digits.
 */
export async function besidePrometheus({
  slos,
  windows,
  answers,
}: {
  slos: number
  windows: Record<string, number>
  answers: ReadonlyMap<string, number>
}): Promise<void> {
  if (slos === 0 || spawnSync('prometheus', ['--version']).status !== 0) return console.log('Prometheus: not installed, or not wanted')
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-prometheus-'))
  let server: ChildProcess | null = null
  try {
    await writeBlocks(folder, slos, windows, answers)
    server = await start(folder)
    for (const [what, query] of [
      ['raw series', (window: string) => `sum_over_time(sli_good[${window}]) / sum_over_time(sli_total[${window}])`],
      ['as recorded', (window: string) => `sli_ratio{window="${window}"}`],
    ] as const) {
      const started = performance.now()
      let compared = 0
      for (const window of Object.keys(windows))
        for (const [subject, value] of await ask(query(window))) compared += same(answers.get(`${subject} ${window}`)!, value)
      console.log(
        `Prometheus, ${what}, ${slos} SLOs × ${Object.keys(windows).length} windows: ${(performance.now() - started).toFixed(0)} ms; ${compared} answers equal to 9 digits`,
      )
    }
  } finally {
    server?.kill()
    rmSync(folder, { recursive: true })
  }
}

/** Blocks of OpenMetrics text, some SLOs at a time. A gauge at the start of each minute holds that minute. */
async function writeBlocks(
  folder: string,
  slos: number,
  windows: Record<string, number>,
  answers: ReadonlyMap<string, number>,
): Promise<void> {
  const text = join(folder, 'samples.txt')
  for (let first = 0; first < slos; first += 50) {
    const file = createWriteStream(text)
    const many = Array.from({ length: Math.min(50, slos - first) }, (_, n) => first + n)
    for (const name of ['good', 'total'] as const) {
      file.write(`# TYPE sli_${name} gauge\n`)
      for (const slo of many) {
        let lines = ''
        for (let minute = 0; minute < MINUTES; minute++)
          lines += `sli_${name}{subject="${subjectOf(slo)}"} ${eventsOf(slo, minute)[name]} ${START / 1000 + minute * 60}\n`
        if (!file.write(lines)) await once(file, 'drain')
      }
    }
    file.write('# TYPE sli_ratio gauge\n')
    for (const slo of many)
      for (const window of Object.keys(windows))
        file.write(
          `sli_ratio{subject="${subjectOf(slo)}",window="${window}"} ${answers.get(`${subjectOf(slo)} ${window}`)} ${END / 1000 - 60}\n`,
        )
    file.end('# EOF\n')
    await once(file, 'finish')
    execFileSync(
      'promtool',
      ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=768h', '--quiet', text, join(folder, 'data')],
      { stdio: 'ignore' },
    )
  }
}

async function start(folder: string): Promise<ChildProcess> {
  writeFileSync(join(folder, 'prometheus.yml'), '')
  const server = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=${ADDRESS}`,
      '--query.max-samples=500000000',
      '--query.timeout=20m',
    ],
    { stdio: 'ignore' },
  )
  for (;;) {
    const ready = await fetch(`http://${ADDRESS}/-/ready`).catch(() => null)
    if (ready?.ok) return server
    if (server.exitCode !== null) throw new Error('Prometheus did not start')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Asked a minute before the end: the last gauge stands for the last minute, and a range is closed at both ends. */
async function ask(query: string): Promise<[string, number][]> {
  const body = new URLSearchParams({ query, time: String(END / 1000 - 1), timeout: '20m' })
  const answer = (await (await fetch(`http://${ADDRESS}/api/v1/query`, { method: 'POST', body })).json()) as {
    status: string
    error?: string
    data: { result: { metric: { subject: string }; value: [number, string] }[] }
  }
  if (answer.status !== 'success') throw new Error(answer.error)
  return answer.data.result.map(({ metric, value }) => [metric.subject, Number(value[1])])
}

function same(ours: number, theirs: number): 1 {
  if (ours.toPrecision(9) !== theirs.toPrecision(9)) throw new Error(`${ours} here, ${theirs} in Prometheus (${DAYS} days)`)
  return 1
}
