import { Refusal } from '../../../ground/core/index.ts'
import type { Client } from '../../client/index.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import { answer, say, table } from '../terminal.ts'

const ACTIONS = ['list', 'rules'] as const

export default dataCommand(
  {
    name: 'slo',
    description: 'What was promised of services, and rules for Prometheus that watch it.',
    examples: ['throughline slo', 'throughline slo rules --for prometheus > slo-rules.yaml', 'throughline slo rules orders search --exact'],
    args: {
      action: { type: 'positional', description: `${ACTIONS.join(', ')}; list when left out`, required: false },
      name: { type: 'positional', description: 'For rules: only these, by name or ref; all when left out', required: false },
      scope: { type: 'string', description: 'A namespace; default when left out' },
      service: { type: 'string', description: 'For list: only what this component promises' },
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
