import { DEFAULT_NAMESPACE, Refusal } from '../../../ground/core/index.ts'
import type { Client } from '../../client/index.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import { refNamed } from '../names.ts'
import { answer, minute, say, table } from '../terminal.ts'

const ACTIONS = ['list', 'status', 'correct', 'rules'] as const

export default dataCommand(
  {
    name: 'slo',
    description: 'What was promised of services, how it stands, spans that do not count, and rules for Prometheus that watch it.',
    examples: [
      'throughline slo',
      'throughline slo status --service checkout --json',
      'throughline slo correct checkout --from 2026-05-04T01:00:00Z --to 2026-05-04T02:00:00Z --reason "planned move of the database"',
      'throughline slo rules --for prometheus > slo-rules.yaml',
      'throughline slo rules orders search --exact',
    ],
    args: {
      action: { type: 'positional', description: `${ACTIONS.join(', ')}; list when left out`, required: false },
      name: {
        type: 'positional',
        description: 'Only these, by name or ref; all when left out. For correct also components, by ref',
        required: false,
      },
      scope: { type: 'string', description: 'A namespace; default when left out' },
      service: { type: 'string', description: 'Only what this component promises' },
      at: { type: 'string', description: 'For status: as it stood at this moment' },
      'as-of': { type: 'string', description: 'For status: as it was known by this moment' },
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
    if (action === 'list') return list(given.slice(1), args, client)
    if (action === 'status') return status(given.slice(1), args, client)
    if (action === 'correct') return correct(given.slice(1), args, client)
    if (action === 'rules') return rules(given.slice(1), args, client)
    throw new Refusal('cli.unknown_action', `"slo" knows no "${action}".`, { fix: `Say ${ACTIONS.join(' or ')}.` })
  },
)

interface Which {
  scope?: string
  service?: string
}

/** The promises of a namespace, of a service, or those that are named. */
function askedFor({ scope = DEFAULT_NAMESPACE, service }: Which, names: readonly string[]) {
  const refs = names.map((name) => refNamed('slo', name, scope).toLowerCase())
  if (service) return { refs, ask: { service: refNamed('component', service, scope) } }
  return { refs, ask: refs.length > 0 ? {} : { scope } }
}

/** Those that are named, each of which has to be there; all where none is. */
function picked<Slo>(slos: readonly Slo[], refs: readonly string[], refOf: (slo: Slo) => string): Slo[] {
  const missing = refs.find((ref) => !slos.some((slo) => refOf(slo) === ref))
  if (missing) throw new Refusal('slo.unknown', `There is no ${missing}.`, { fix: '"throughline slo" lists all of a namespace.' })
  return slos.filter((slo) => refs.length === 0 || refs.includes(refOf(slo)))
}

function nothingPromised({ scope, service }: Which): string {
  const by = service ? `of ${service}` : `in the namespace "${scope}"; another is chosen with --scope`
  return `Nothing is promised ${by}. Write an SLO as OpenSLO v1 has it, and apply it.`
}

async function list(names: readonly string[], { json, ...which }: { json: boolean } & Which, client: Client): Promise<ExitCode> {
  const { refs, ask } = askedFor(which, names)
  const all = await client.ask('slo.list', ask)
  const told = { ...all, slos: picked(all.slos, refs, ({ ref }) => ref) }
  answer(json, told, () =>
    told.slos.length === 0
      ? nothingPromised(ask)
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
  names: readonly string[],
  { json, at, 'as-of': asOf, ...which }: { json: boolean; at?: string; 'as-of'?: string } & Which,
  client: Client,
): Promise<ExitCode> {
  const { refs, ask } = askedFor(which, names)
  const all = await client.ask('slo.status', { ...ask, at, asOf })
  const told = { ...all, slos: picked(all.slos, refs, ({ slo }) => slo) }
  answer(json, told, () =>
    told.slos.length === 0
      ? nothingPromised(ask)
      : table(
          ['slo', 'state', 'promised', 'kept', 'budget left', 'burn 1h', 'budget gone', 'n'],
          told.slos.map((slo) => [
            slo.slo,
            slo.state.replace('_', ' '),
            percent(slo.objective, 6),
            slo.sli === null ? 'unknown' : percent(slo.sli, 6),
            slo.budgetRemaining === null
              ? 'unknown'
              : `${percent(slo.budgetRemaining)}, ${minutes(slo.minutesLeft!)} of ${minutes(slo.minutesTotal)} min`,
            slo.burn['1h'] === null ? 'unknown' : `${Number(slo.burn['1h'].toPrecision(3))}`,
            slo.exhaustsAt ? minute(slo.exhaustsAt) : '',
            slo.n.toLocaleString('en-GB'),
          ]),
        ),
  )
  for (const { slo, unknown, burn, lastAt } of told.slos)
    if (unknown) say(`${slo}: ${unknown.why} ${unknown.fix}`)
    else if (burn['1h'] === null && lastAt) say(`${slo}: its burn is unknown, for the last sample is of ${lastAt}.`)
  return told.slos.some(({ state }) => state === 'missed') ? 1 : 0
}

async function correct(
  subjects: readonly string[],
  {
    json,
    scope = DEFAULT_NAMESPACE,
    from,
    to,
    reason,
    withdraw,
    again,
  }: { json: boolean; scope?: string; from?: string; to?: string; reason?: string; withdraw?: string; again: boolean },
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
    subjects: subjects.map((name) => refNamed('slo', name, scope)),
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
  return (Math.abs(value) < 100 ? Math.round(value * 10) / 10 : Math.round(value)).toLocaleString('en-GB')
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
