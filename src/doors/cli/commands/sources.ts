import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { findingLines, type Progress, progressText } from '../reading.ts'
import { answer, minute, table } from '../terminal.ts'

interface Listed {
  connections: {
    id: string
    title: string
    name: string
    state: string
    lastAt: string | null
    lastRefusal: { at: string; message: string } | null
    progress: Progress | null
    days: { deliveries: number; accepted: number; revised: number; rejected: number; refused: number; lagSeconds: number | null }[]
  }[]
}
interface Connected {
  id: string
  path: string
  secrets: Record<string, string>
  steps: string[]
}

export default dataCommand(
  {
    name: 'sources',
    description:
      'Connected systems and how each is doing: what came in the last two weeks, how late, what was turned away, how far the past is read. Also connects, changes, tests, reads back, pauses and removes them, and makes their addresses anew.',
    examples: [
      'throughline sources',
      'throughline sources coverage',
      'throughline sources connect github --name "Shop" --set repositories=acme/shop --secret token=…',
      'throughline sources test <id>',
      'throughline sources backfill <id> --since 2026-01-01',
      'throughline sources backfill <id> --pause',
      'throughline sources set <id> --set "repositories=acme/shop;acme/labels"',
      'throughline sources secret <id> --secret token=…',
      'throughline sources renew <id>',
      'throughline sources pause <id>',
    ],
    args: {
      action: {
        type: 'positional',
        description: 'list, kinds, coverage, connect, set, secret, renew, test, backfill, pause, resume or remove',
        required: false,
      },
      which: { type: 'positional', description: 'A kind of system for connect, else a connection', required: false },
      name: { type: 'string', description: 'What to call it' },
      namespace: { type: 'string', description: 'Whose coverage', default: 'default' },
      set: { type: 'string', description: 'Settings, name=value; several with commas. An empty value takes one back' },
      since: { type: 'string', description: 'How far back to read; a year unless said' },
      pause: { type: 'boolean', description: 'Pauses a backfill; deliveries are still taken' },
      resume: { type: 'boolean', description: 'Goes on with a backfill that was paused or has failed' },
      stop: { type: 'boolean', description: 'Ends a backfill; what was read stays' },
      secret: { type: 'string', description: 'Secrets the other side made, name=value; several with commas' },
    },
  },
  async (args, { client, ground, where }) => {
    const { action = 'list', which } = args
    if (action === 'list') {
      const listed = (await client.ask('connection.list', {})) as Listed
      answer(args.json, listed, () =>
        listed.connections.length === 0
          ? 'Nothing is connected yet. "throughline sources kinds" lists what can be, "throughline sources connect <kind>" begins.'
          : table(
              ['id', 'system', 'name', 'state', 'last delivery', '14 days', 'turned away', 'mean delay', 'read back'],
              listed.connections.map(rowOf),
            ),
      )
      return 0
    }
    if (action === 'coverage') {
      const coverage = (await client.ask('coverage', { namespace: args.namespace })) as Coverage
      answer(args.json, coverage, () => coverageTable(coverage))
      return 0
    }
    if (action === 'kinds') {
      const { sources } = (await client.ask('source.list', {})) as { sources: { kind: string; title: string; brings: string }[] }
      answer(args.json, { sources }, () =>
        table(
          ['kind', 'system', 'brings'],
          sources.map(({ kind, title, brings }) => [kind, title, brings]),
        ),
      )
      return 0
    }
    if (action === 'connect' && which) {
      const made = (await client.ask('connection.create', {
        source: which,
        name: args.name,
        settings: pairsOf(args.set, 'set'),
        secrets: pairsOf(args.secret, 'secret'),
      })) as Connected
      answer(args.json, made, () => stepsOf(made, ground ? null : where))
      return 0
    }
    if (action === 'set' && which) {
      const wish = { id: which, name: args.name, settings: pairsOf(args.set, 'set') }
      const result = (await client.ask('connection.change', wish)) as ChangedView
      answer(args.json, result, () => changeLines(result))
      return 0
    }
    if (action === 'test' && which) {
      const tested = (await client.ask('connection.test', { id: which })) as { findings: { ok: boolean; what: string; fix?: string }[] }
      answer(args.json, tested, () => findingLines(tested.findings))
      return tested.findings.every(({ ok }) => ok) ? 0 : 1
    }
    if (action === 'backfill' && which) {
      const steer = args.pause ? 'pause' : args.resume ? 'resume' : args.stop ? 'stop' : null
      const asked = steer
        ? await client.ask('connection.pulls', { id: which, action: steer })
        : await client.ask('connection.backfill', { id: which, since: args.since })
      const { progress } = asked as { progress: Progress | null }
      answer(args.json, asked, () =>
        progress
          ? `${progressText(progress)}.${ground ? ' It is read while the server runs: npm start.' : ''} "throughline sources" tells how far it is.`
          : 'Nothing is read any more. What was read stays.',
      )
      return 0
    }
    if ((action === 'pause' || action === 'resume') && which) {
      const result = await client.ask('connection.pause', { id: which, paused: action === 'pause' })
      answer(args.json, result, () =>
        action === 'pause' ? 'Paused: deliveries are turned away, so that senders try again later.' : 'Resumed.',
      )
      return 0
    }
    if (action === 'secret' && which) {
      const result = (await client.ask('connection.secrets', { id: which, secrets: pairsOf(args.secret, 'secret') })) as { given: string[] }
      answer(args.json, result, () => `Kept, sealed: ${result.given.join(', ') || 'nothing was given'}.`)
      return 0
    }
    if (action === 'renew' && which) {
      const made = (await client.ask('connection.renew', { id: which })) as Connected
      answer(
        args.json,
        made,
        () => `The old address takes nothing any more. Change what is set on the other side:\n${stepsOf(made, ground ? null : where)}`,
      )
      return 0
    }
    if (action === 'remove' && which) {
      const result = await client.ask('connection.remove', { id: which })
      answer(args.json, result, () => 'Removed. What it brought stays.')
      return 0
    }
    if (action && OF_ONE.includes(action))
      throw new Refusal('cli.sources_which', `Say which source to ${action}.`, {
        fix: `Name it: throughline sources ${action} <id>; "throughline sources" lists them.`,
      })
    throw new Refusal('cli.sources_action', `"${[action, which].filter(Boolean).join(' ')}" is not something sources can do.`, {
      fix: 'Use: sources | sources kinds | sources coverage | sources connect <kind> | sources set <id> --set <name>=… | sources secret <id> --secret <name>=… | sources renew <id> | sources test <id> | sources backfill <id> [--since <day> | --pause | --resume | --stop] | sources pause <id> | sources resume <id> | sources remove <id>',
    })
  },
)

/** What is done with one source, by its id. */
const OF_ONE: readonly string[] = ['set', 'secret', 'renew', 'test', 'backfill', 'pause', 'resume', 'remove']

interface ChangedView {
  name: string
  settings: Record<string, unknown>
  changed: string[]
  begun: string[]
  ended: string[]
}

function changeLines({ name, settings, changed, begun, ended }: ChangedView): string {
  const value = (setting: string) => {
    const now = settings[setting]
    return now === undefined ? 'nothing' : Array.isArray(now) ? now.join(';') : typeof now === 'string' ? now : JSON.stringify(now)
  }
  return [
    changed.length === 0 ? `The settings of ${name} stay as they were.` : `Changed, for what comes from now on:`,
    ...changed.map((setting) => `  ${setting} = ${value(setting)}`),
    ...(begun.length > 0 ? [`Read from the beginning: ${begun.join(', ')}.`] : []),
    ...(ended.length > 0 ? [`Not read any more; what they brought stays: ${ended.join(', ')}.`] : []),
    ...(changed.length > 0
      ? ['"throughline sources backfill <id>" reads the past again with them; "throughline sources test <id>" tells what is seen.']
      : []),
  ].join('\n')
}

interface Coverage {
  components: number
  since: string
  aspects: { aspect: string; having: number; missing: { ref: string }[]; more: number }[]
}

/** Components of which an aspect is not known that are named in one line. */
const NAMED = 5

function coverageTable({ components, since, aspects }: Coverage): string {
  if (components === 0) return 'There are no components to be told of.'
  const rows = aspects.map(({ aspect, having, missing, more }) => {
    const hidden = Math.max(0, missing.length - NAMED) + more
    const named = missing.slice(0, NAMED).map(({ ref }) => ref)
    return [aspect, `${having} of ${components}`, [...named, ...(hidden ? [`${hidden} more`] : [])].join(', ')]
  })
  return `${table(['known', 'components', 'not of'], rows)}\n\nRecords since ${since.slice(0, 10)} count; incidents whenever they were told.`
}

function rowOf({ id, title, name, state, lastAt, lastRefusal, progress, days }: Listed['connections'][number]): string[] {
  const sum = (of: (day: (typeof days)[number]) => number) => days.reduce((total, day) => total + of(day), 0)
  const late = days.findLast((day) => day.lagSeconds !== null)?.lagSeconds
  const refused = sum((day) => day.refused)
  return [
    id,
    title,
    name,
    state,
    lastAt ? `${minute(lastAt)} UTC` : 'none yet',
    `${sum((day) => day.accepted + day.revised)} records, ${sum((day) => day.rejected)} rejected`,
    refused === 0 ? '0' : `${refused}, last: ${lastRefusal?.message ?? ''}`,
    late === undefined || late === null ? '' : `${Math.round(late)} s`,
    progress ? progressText(progress) : '',
  ]
}

/** What to do on the other side, with everything to be copied in its place. */
function stepsOf({ path, secrets, steps }: Connected, address: string | null): string {
  const filled = steps.map((step) =>
    step
      .replaceAll('{address}', `${address ?? 'https://<this server>'}${path}`)
      .replace(/\{secret:(\w+)\}/g, (whole, name: string) => secrets[name] ?? whole),
  )
  return [
    ...filled.map((step, index) => `${String(index + 1).padStart(2)}. ${step}`),
    '',
    steps.some((step) => step.includes('{address}'))
      ? 'The address and secrets are shown this once. "throughline sources" tells when the first delivery came.'
      : 'It is read while the server runs; "throughline sources" tells how far it is.',
  ].join('\n')
}

function pairsOf(text: string | undefined, option: string): Record<string, string> {
  return Object.fromEntries(
    (text ?? '')
      .split(/,(?=\s*\w+=)/) // a comma within a value, as in a statement, is part of it
      .filter(Boolean)
      .map((pair) => {
        const equals = pair.indexOf('=')
        if (equals < 1)
          throw new Refusal('cli.pair', `"${pair}" is not name=value.`, { path: option, fix: `Write --${option} name=value.` })
        return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]
      }),
  )
}
