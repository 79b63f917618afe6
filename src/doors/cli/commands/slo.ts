import { Refusal } from '../../../ground/core/index.ts'
import type { Client } from '../../client/index.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import { answer, say, table } from '../terminal.ts'

const ACTIONS = ['list', 'status', 'correct', 'rules'] as const

export default dataCommand(
  {
    name: 'slo',
    description: 'What was promised of services, how it stands, spans that do not count, and rules for Prometheus that watch it.',
    examples: [
      'throughline slo',
      'throughline slo status --service component:default/checkout --json',
      'throughline slo correct checkout --from 2026-05-04T01:00:00Z --to 2026-05-04T02:00:00Z --reason "planned move of the database"',
      'throughline slo rules --for prometheus > slo-rules.yaml',
      'throughline slo rules orders search --exact',
    ],
    args: {
      action: { type: 'positional', description: `${ACTIONS.join(', ')}; list when left out`, required: false },
      name: { type: 'positional', description: 'For rules: only these, by name or ref; all when left out', required: false },
      scope: { type: 'string', description: 'A namespace; default when left out' },
      service: { type: 'string', description: 'Only what this component promises' },
      at: { type: 'string', description: 'For status: as it stood at this moment' },
      asOf: { type: 'string', description: 'For status: as it was known by this moment' },
      from: { type: 'string', description: 'For correct: from this moment on nothing counts' },
      to: { type: 'string', description: 'For correct: until this moment' },
      reason: { type: 'string', description: 'For correct: why the span does not count' },
      withdraw: { type: 'string', description: 'For correct: takes a correction back, by its ref' },
      again: { type: 'boolean', description: 'With --withdraw: gives it again', default: false },
      for: { type: 'string', description: 'For rules: prometheus', default: 'prometheus' },
      exact: {
        type: 'boolean',
        description: 'For rules: count every event of the period, instead of the mean of the ratios of five minutes',
        default: false,
      },
    },
    several: true,
  },
  async (args, { client }): Promise<ExitCode> => {
    const { action = 'list', _: given } = args
    if (action === 'list') return list(args, client)
    if (action === 'status') return status(args, client)
    if (action === 'correct') return correct(given.slice(1), args, client)
    if (action === 'rules') return rules(given.slice(1), args, client)
    throw new Refusal('cli.unknown_action', `"slo" knows no "${action}".`, { fix: `Say ${ACTIONS.join(' or ')}.` })
  },
)

async function list({ json, scope, service }: { json: boolean; scope?: string; service?: string }, client: Client): Promise<ExitCode> {
  const told = await client.ask('slo.list', { scope, service })
  answer(json, told, () =>
    told.slos.length === 0
      ? 'Nothing is promised yet: write an SLO as OpenSLO v1 has it, and apply it.'
      : table(
          ['slo', 'service', 'method', 'window', 'promised', 'numbers from'],
          told.slos.map(({ ref, service: of, method, window, objectives }) => [
            ref,
            of,
            method.replace('_', ' '),
            window,
            objectives.map(({ target }) => `${Number((target * 100).toPrecision(12))} %`).join(', '),
            [...new Set(objectives.flatMap(({ sources }) => (sources.length > 0 ? sources : ['samples that are sent'])))].join(', '),
          ]),
        ),
  )
  for (const { ref, problems } of told.unread) say(`${ref} cannot be read: ${problems.map(({ message }) => message).join('; ')}`)
  return 0
}

async function status(
  { json, scope, service, at, asOf }: { json: boolean; scope?: string; service?: string; at?: string; asOf?: string },
  client: Client,
): Promise<ExitCode> {
  const told = await client.ask('slo.status', { scope, service, at, asOf })
  answer(json, told, () =>
    told.slos.length === 0
      ? 'Nothing is promised yet: write an SLO as OpenSLO v1 has it, and apply it.'
      : table(
          ['slo', 'state', 'promised', 'kept', 'budget left', 'burn 1h', 'gone', 'n'],
          told.slos.map((slo) => [
            slo.slo,
            slo.state.replace('_', ' '),
            percent(slo.objective, 6),
            slo.sli === null ? 'unknown' : percent(slo.sli, 6),
            slo.budgetRemaining === null
              ? 'unknown'
              : `${percent(slo.budgetRemaining)}, ${minutes(slo.minutesLeft!)} of ${minutes(slo.minutesTotal)} min`,
            slo.burn['1h'] === null ? 'unknown' : `${Number(slo.burn['1h'].toPrecision(3))}`,
            slo.exhaustsAt?.slice(0, 16).replace('T', ' ') ?? '',
            String(slo.n),
          ]),
        ),
  )
  for (const { slo, unknown } of told.slos) if (unknown) say(`${slo}: ${unknown.why} ${unknown.fix}`)
  return told.slos.some(({ state }) => state === 'missed') ? 1 : 0
}

async function correct(
  subjects: readonly string[],
  {
    json,
    from,
    to,
    reason,
    withdraw,
    again,
  }: { json: boolean; from?: string; to?: string; reason?: string; withdraw?: string; again: boolean },
  client: Client,
): Promise<ExitCode> {
  if (withdraw) {
    const told = await client.ask('slo.correction.withdraw', { ref: withdraw, withdrawn: !again })
    answer(json, told, () => (told.withdrawn ? `${told.ref} is taken back; its span counts again.` : `${told.ref} holds again.`))
    return 0
  }
  if (subjects.length === 0 || !from || !to || !reason)
    throw new Refusal('cli.incomplete', 'A correction needs what it is about, --from, --to and --reason.', {
      fix: 'Write: throughline slo correct slo:default/checkout --from … --to … --reason "…".',
    })
  const told = await client.ask('slo.correct', {
    subjects: subjects.map((name) => (name.includes(':') ? name : `slo:default/${name}`)),
    from,
    to,
    reason,
  })
  answer(json, told, () => `${told.ref} is written. "throughline slo correct --withdraw ${told.ref}" takes it back.`)
  return 0
}

function percent(share: number, digits = 3): string {
  return `${Number((share * 100).toPrecision(digits))} %`
}

function minutes(value: number): string {
  return String(Math.abs(value) < 100 ? Math.round(value * 10) / 10 : Math.round(value))
}

async function rules(
  names: readonly string[],
  { json, scope, exact, for: system }: { json: boolean; scope?: string; exact: boolean; for: string },
  client: Client,
): Promise<ExitCode> {
  if (system !== 'prometheus')
    throw new Refusal('cli.unknown_system', `Rules are not written for "${system}".`, { fix: 'Say --for prometheus.' })
  const made = await client.ask('slo.rules', {
    scope,
    slo: names.length > 0 ? names.join(',') : undefined,
    exact: String(exact) as 'true' | 'false',
  })
  answer(json, made, () => made.yaml)
  for (const { slo, objective, why, fix } of made.leftOut) say(`${slo} (${objective}) is left out: ${why}.${fix ? ` ${fix}` : ''}`)
  if (made.groups === 0) say('No promise has its numbers in Prometheus, so there is no rule.')
  return made.groups === 0 ? 1 : 0
}
