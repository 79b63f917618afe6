import { dataCommand } from '../command.ts'
import type { Connection } from '../connect.ts'
import { answer, table } from '../terminal.ts'

interface Check {
  name: string
  ok: boolean
  detail: string
  fix?: string
}

export default dataCommand(
  {
    name: 'doctor',
    description: 'Looks at the installation: runtime, git, store, sources, and says what to do about what is wrong.',
    examples: ['throughline doctor', 'throughline doctor --json'],
    args: {},
  },
  async (args, connection) => {
    const checks: Check[] = [await runtime(), await git(), ...(await server(connection))]
    answer(
      args.json,
      { where: connection.where, checks },
      () =>
        `${connection.where}\n\n${table(
          ['', 'what', 'how it is'],
          checks.map(({ ok, name, detail, fix }) => [ok ? '●' : '■', name, fix ? `${detail}  →  ${fix}` : detail]),
        )}`,
    )
    return checks.every(({ ok }) => ok) ? 0 : 1
  },
)

async function runtime(): Promise<Check> {
  return { name: 'Node', ok: Number(process.versions.node.split('.')[0]) >= 24, detail: process.version }
}

async function git(): Promise<Check> {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'])
    return { name: 'git', ok: true, detail: stdout.trim() }
  } catch {
    return { name: 'git', ok: false, detail: 'not found', fix: 'Install git, which "scan" needs.' }
  }
}

async function server({ client }: Connection): Promise<Check[]> {
  const ready = (await (await client.fetch('/readyz')).json()) as { status: string; store: string; migration: string }
  const { watches } = await client.call('watches', {})
  return [
    { name: 'store', ok: ready.status === 'ready', detail: `${ready.store}, schema ${ready.migration}` },
    ...watches.map((watch): Check => ({
      name: watch.path,
      ok: watch.lastError === null,
      detail: watch.lastError ?? (watch.lastRunAt ? `read ${watch.lastRunAt}` : 'not read yet'),
      ...(watch.lastError ? { fix: `Read it by hand to see more: throughline scan ${watch.path}` } : {}),
    })),
  ]
}
