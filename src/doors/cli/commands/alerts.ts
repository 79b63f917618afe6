import { Refusal } from '../../../ground/core/index.ts'
import type { Client, OutputOf } from '../../client/index.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import { refNamed } from '../names.ts'
import { answer, minute, say, table } from '../terminal.ts'

type Inbox = OutputOf<'burn.alerts'>
type Alert = Inbox['standing'][number]
type ChangesOf = Inbox['destinations'][number]['changes']

const ACTIONS = ['list', 'history', 'acknowledge', 'silence', 'unsilence', 'target', 'test'] as const
const HOUR = 3_600_000

export default dataCommand(
  {
    name: 'alerts',
    description:
      'Alerts on error budgets that burn too fast: which fire, since when and what to do; who is told and how that went. Also takes each step.',
    examples: [
      'throughline alerts',
      'throughline alerts acknowledge 12',
      'throughline alerts silence --service checkout --hours 2 --reason "moving the database"',
      'throughline alerts unsilence 3',
      'throughline alerts target on-call --kind slack --address https://hooks.slack.com/services/…',
      'throughline alerts target on-call --changes engineering',
      'throughline alerts test on-call',
    ],
    args: {
      action: { type: 'positional', description: `${ACTIONS.join(', ')}; list when left out`, required: false },
      what: { type: 'positional', description: 'The number of an alert or silence, the name of a target', required: false },
      scope: { type: 'string', description: 'A namespace; default when left out' },
      service: { type: 'string', description: 'For silence: alerts of this component' },
      slo: { type: 'string', description: 'For silence: alerts of this promise' },
      severity: { type: 'string', description: 'For silence: alerts of this severity' },
      hours: { type: 'string', description: 'For silence: how long', default: '1' },
      reason: { type: 'string', description: 'For silence: why' },
      kind: { type: 'string', description: 'For target: webhook, slack or email' },
      address: { type: 'string', description: 'For target: where it is reached' },
      changes: {
        type: 'string',
        description: 'For target: also tell it of changes of level that matter to executive, product or engineering; all; or none',
      },
      named: { type: 'boolean', description: 'For target: only alerts of policies that name it', default: false },
    },
  },
  async (args, { client }): Promise<ExitCode> => {
    const { action = 'list', what, json, scope = 'default' } = args
    switch (action) {
      case 'list':
      case 'history': {
        const inbox = await client.ask('burn.alerts', { scope })
        answer(json, inbox, () => (action === 'list' ? standingText(scope, inbox) : historyText(inbox)))
        return inbox.standing.some(({ state }) => state === 'firing') ? 1 : 0
      }
      case 'acknowledge': {
        const done = await client.ask('burn.acknowledge', { id: numbered(what, 'an alert') })
        answer(json, done, () => `Alert ${done.id} is yours.`)
        return 0
      }
      case 'silence': {
        const { service, slo, severity, hours, reason = '' } = args
        const until = new Date(Date.now() + Number(hours) * HOUR)
        if (Number.isNaN(until.getTime()))
          throw new Refusal('cli.bad_hours', `"${hours}" is no number of hours.`, { fix: 'Write for example --hours 2.' })
        const made = await client.ask('burn.silence', {
          scope,
          service: service && refNamed('component', service, scope),
          slo: slo && refNamed('slo', slo, scope),
          severity,
          reason,
          until: until.toISOString(),
        })
        answer(
          json,
          made,
          () =>
            `Silence ${made.id} ${ofWhat(made, scope)} until ${minute(made.until)} UTC. To end it: throughline alerts unsilence ${made.id}`,
        )
        return 0
      }
      case 'unsilence': {
        const ended = await client.ask('burn.silence_end', { id: numbered(what, 'a silence') })
        answer(json, ended, () => `Silence ${ended.id} is over.`)
        return 0
      }
      case 'target':
        return target(targetRef(needed(what, 'the name of a target'), scope), args, client)
      case 'test': {
        const sent = await client.ask('burn.target_test', { target: targetRef(needed(what, 'the name of a target'), scope) })
        answer(json, sent, () => [sent.message, sent.fix].filter(Boolean).join(' '))
        return sent.sent ? 0 : 1
      }
      default:
        throw new Refusal('cli.unknown_action', `"alerts" knows no "${action}".`, { fix: `Say ${ACTIONS.join(', ')}.` })
    }
  },
)

async function target(
  ref: string,
  { json, kind, address = '', changes: wish, named }: { json: boolean; kind?: string; address?: string; changes?: string; named: boolean },
  client: Client,
): Promise<ExitCode> {
  const changes = changesOf(wish)
  if (changes !== undefined && kind === undefined && address === '') {
    const kept = await client.ask('burn.target_changes', { target: ref, changes })
    answer(json, kept, () => `${ref} ${hearsWords(kept.changes)}.`)
    return 0
  }
  if (kind !== 'webhook' && kind !== 'slack' && kind !== 'email')
    throw new Refusal('cli.bad_kind', `A target is reached by webhook, slack or email, not by "${kind ?? ''}".`, {
      fix: 'Say --kind webhook, --kind slack or --kind email.',
    })
  const made = await client.ask('burn.target', {
    target: ref,
    kind,
    address,
    standard: !named,
    ...(changes === undefined ? {} : { changes }),
  })
  answer(json, made, () => `${ref} is reached by ${kind} at ${made.destination.shown}, and ${hearsWords(made.destination.changes)}.`)
  if (made.secret) say(`Messages are signed with this secret, which is shown this once: ${made.secret}`)
  return 0
}

/** Undefined: as it was. */
function changesOf(wish: string | undefined): ChangesOf | undefined {
  if (wish === undefined) return undefined
  if (wish === 'none') return null
  if (wish === 'executive' || wish === 'product' || wish === 'engineering' || wish === 'all') return wish
  throw new Refusal('cli.bad_changes', `"${wish}" is nobody whose changes of level can be told.`, {
    fix: 'Say --changes executive, product, engineering, all or none.',
  })
}

function hearsWords(changes: ChangesOf): string {
  if (changes === null) return 'hears of no changes of level'
  return changes === 'all' ? 'hears of all changes of level that matter to somebody' : `hears of changes of level that matter to ${changes}`
}

function targetRef(name: string, scope: string): string {
  return refNamed('alertnotificationtarget', name, scope)
}

function ofWhat({ severity, slo, service }: Inbox['silences'][number], scope: string): string {
  const which = [slo, service].filter(Boolean).join(' of ') || `the namespace "${scope}"`
  return `of ${severity ? `alerts of severity ${severity}` : 'all alerts'} on ${which}`
}

function needed(what: string | undefined, which: string): string {
  if (!what) throw new Refusal('cli.missing', `It has to be said which: ${which}.`, { fix: '"throughline alerts" lists them.' })
  return what
}

function numbered(what: string | undefined, of: string): string {
  const number = needed(what, `the number of ${of}`)
  if (/^\d+$/.test(number)) return number
  throw new Refusal('cli.bad_number', `"${number}" is not the number of ${of}.`, { fix: '"throughline alerts" lists them.' })
}

function standingText(scope: string, { standing, watched, silences, destinations, common }: Inbox): string {
  const holding = silences.filter(({ holds }) => holds)
  return [
    standing.length === 0
      ? watched === 0
        ? `Nothing is watched: no SLO is declared in the namespace "${scope}"; another is chosen with --scope.`
        : `Nothing fires; ${watched} rules are looked at twice a minute.`
      : table(['alert', 'state', 'severity', 'service', 'what', 'since (UTC)', 'told'], standing.map(line)),
    ...(common
      ? [
          `Look first at ${common.ref}: ${common.covers} of the ${common.of} services that burn are it or depend on it, directly or through others.`,
        ]
      : []),
    ...standing.flatMap(({ id, runbook }) => (runbook ? [`  ${id}: what to do: ${runbook}`] : [])),
    ...holding.map((one) => `Silence ${one.id} ${ofWhat(one, scope)} until ${minute(one.until)} UTC, by ${one.by}: ${one.reason}`),
    ...destinations.map(
      ({ target: to, kind, shown, changes, pausedAt }) =>
        `Told: ${to.split('/')[1]}, by ${kind} at ${shown}${changes ? `; ${hearsWords(changes)}` : ''}${pausedAt ? ' (paused)' : ''}`,
    ),
    ...(destinations.length === 0 && watched > 0 ? ['Nobody is told: set a target with "throughline alerts target".'] : []),
  ].join('\n')
}

function historyText({ history }: Inbox): string {
  if (history.length === 0) return 'No alert ended in the last 30 days.'
  return table(
    ['alert', 'severity', 'service', 'what', 'fired (UTC)', 'ended (UTC)', 'highest burn'],
    history.map(({ id, severity, service, title, firedAt, endedAt, most }) => [
      String(id),
      severity,
      service,
      title,
      firedAt ? minute(firedAt) : '',
      endedAt ? minute(endedAt) : '',
      most === null ? '' : most.toPrecision(3),
    ]),
  )
}

function line({ id, state, severity, service, title, words, since, silence, acknowledged, deliveries, silentSince }: Alert): string[] {
  const told = deliveries.map(({ target: to, state: how }) => `${to.split('/')[1]}: ${how}`)
  return [
    String(id),
    [state, acknowledged ? 'acknowledged' : '', silentSince ? `no samples since ${minute(silentSince)}` : ''].filter(Boolean).join(', '),
    severity,
    service,
    `${title}: ${words}`,
    minute(since),
    silence ? `silence ${silence}` : told.join(', ') || 'nobody',
  ]
}
