import { readFile } from 'node:fs/promises'
import { formatInstant, parseDuration, Refusal, SECOND } from '../../../ground/core/index.ts'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import { answerLines, budgetLines, freezesTable, shareLines, trialLines, withoutVerdict } from '../gate/words.ts'
import { refNamed } from '../names.ts'
import { answer, minute, table } from '../terminal.ts'

const EXIT = { go: 0, hold: 1, could_not: 2 } as const satisfies Record<OutputOf<'gate.ask'>['verdict'], ExitCode>

export default dataCommand(
  {
    name: 'gate',
    description:
      'Asks whether a release may go out: go (exit 0), hold (1) or could not be judged (2), with every reason and what would turn it green. Also: history, replay <answer>, override <component>, overrides, withdraw <decision>, freeze [component], freezes, unfreeze <freeze>, share, budgets [service], try <policy.yaml>.',
    examples: [
      'throughline gate checkout --commit "$(git rev-parse HEAD)"',
      'throughline gate checkout --fixes pager/812 --purpose fix',
      'throughline gate checkout --as-of 2026-05-04T09:30:00Z',
      'throughline gate history --verdict hold',
      'throughline gate replay 5f0c2e1ab99d4470c3a1',
      'throughline gate try throughline/gate.yaml --from 2026-01-01 --to 2026-04-01',
      'throughline gate override checkout --reason "Certificate expires tonight" --until 4h --told group:default/operations',
      'throughline gate freeze --until 2026-12-27T06:00:00Z --reason "Parcels for Christmas" --exempt fix,security',
    ],
    args: {
      what: {
        type: 'positional',
        description: 'The component; or history, replay, override, overrides, withdraw, freeze, freezes, unfreeze, share, budgets, try',
        required: true,
      },
      which: {
        type: 'positional',
        description:
          'The answer, component, decision, freeze or file; freeze: a component, a system or namespace:<name>, all of the scope unless said',
        required: false,
      },
      environment: { type: 'string', description: 'Where it is released to', default: 'production' },
      commit: { type: 'string', description: 'What is released' },
      fixes: { type: 'string', description: 'Incidents it fixes; several with commas' },
      purpose: { type: 'string', description: 'feature, fix, reliability or security' },
      'as-of': { type: 'string', description: 'Only what was known by then; the answer is not kept' },
      at: { type: 'string', description: 'Of a past moment, by what is known now or was --as-of; the answer is not kept' },
      reason: { type: 'string', description: 'Why the gate is overridden, or releases are frozen' },
      until: { type: 'string', description: 'When the override or the freeze ends: a moment, or a length of time such as 4h' },
      exempt: { type: 'string', description: 'freeze: purposes that go out all the same; several with commas' },
      told: { type: 'string', description: 'Who was told of the override; several with commas' },
      from: { type: 'string', description: 'Start of the span (freeze, share, try)' },
      to: { type: 'string', description: 'End of the span (share, try)' },
      known: { type: 'string', description: 'try: judge by what was known then, or now', default: 'then' },
      scope: { type: 'string', description: 'Namespace of a list, and of a component named without one', default: 'default' },
      verdict: { type: 'string', description: 'Of the history only go, hold or could_not' },
      limit: { type: 'string', description: 'Lines of the history', default: '20' },
    },
    lists: ['fixes', 'told', 'exempt'],
  },
  async (args, { client }): Promise<ExitCode> => {
    const { what, which, environment, commit, scope } = args
    const named = (of: string) => {
      if (which) return which
      throw new Refusal('cli.missing', `"gate ${what}" has to be told which ${of}.`, { fix: `Write: throughline gate ${what} <${of}>` })
    }
    switch (what) {
      case 'history': {
        const told = await client.ask('gate.history', {
          scope,
          component: which && refNamed('component', which, scope),
          verdict: args.verdict,
          limit: args.limit,
        })
        answer(args.json, told, () => historyTable(told.answers))
        return 0
      }
      case 'replay': {
        const told = await client.ask('gate.replay', { id: named('answer') })
        answer(args.json, told, () =>
          told.same
            ? `The same answer, byte for byte.\n${answerLines(told.replayed)}`
            : `Not the same answer.\nThen:\n${answerLines(told.kept)}\nNow:\n${answerLines(told.replayed)}`,
        )
        return told.same ? 0 : 1
      }
      case 'override': {
        const { reason, told } = args
        const wish = {
          component: refNamed('component', named('component'), scope),
          environment,
          commit,
          reason,
          until: momentOf(args.until),
          told,
        }
        const written = await client.ask('gate.override', wish)
        answer(
          args.json,
          written,
          () =>
            `Until ${written.until} the gate lets it pass. Recorded as ${written.ref}; take it back with: throughline gate withdraw ${written.ref}`,
        )
        return 0
      }
      case 'overrides': {
        const told = await client.ask('gate.overrides', { scope })
        answer(args.json, told, () => overridesTable(told.overrides))
        return 0
      }
      case 'freeze': {
        const { reason, from, exempt } = args
        const wish = { scope, for: which, environment, from, to: momentOf(args.until), reason, exempt }
        const { ref, to } = await client.ask('gate.freeze', wish)
        answer(args.json, { ref, to }, () => `Frozen until ${to}. Take it back with: throughline gate unfreeze ${ref}`)
        return 0
      }
      case 'freezes': {
        const told = await client.ask('gate.freezes', { scope, asOf: args['as-of'] })
        answer(args.json, told, () => freezesTable(told))
        return 0
      }
      case 'unfreeze': {
        const told = await client.ask('gate.freeze.withdraw', { ref: named('freeze') })
        answer(args.json, told, () => `Taken back: ${told.ref}.`)
        return 0
      }
      case 'budgets': {
        const told = await client.ask('gate.budgets', { scope, service: which && refNamed('component', which, scope), asOf: args['as-of'] })
        answer(args.json, told, () => budgetLines(told))
        return 0
      }
      case 'share': {
        const told = await client.ask('gate.share', { scope, environment, from: args.from, to: args.to })
        answer(args.json, told, () => shareLines(told))
        return 0
      }
      case 'try': {
        const policy = await policyIn(named('file'))
        const told = await client.ask('gate.try', { policy, from: args.from, to: args.to, known: args.known })
        answer(args.json, told, () => trialLines(told))
        return 0
      }
      case 'withdraw': {
        const told = await client.ask('gate.override.withdraw', { ref: named('decision') })
        answer(args.json, told, () => `Taken back: ${told.ref}.`)
        return 0
      }
      default: {
        const { fixes, purpose } = args
        const told = await client.ask('gate.ask', {
          component: refNamed('component', what, scope),
          environment,
          commit,
          fixes,
          purpose,
          asOf: args['as-of'],
          at: args.at,
        })
        answer(args.json, told, () => answerLines(told))
        return EXIT[told.verdict]
      }
    }
  },
)

async function policyIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'EISDIR') throw error
    throw new Refusal('cli.no_file', `${file} is no file.`, { fix: 'Name a file with a GatePolicy or a BudgetPolicy.' })
  })
}

/** `4h` is four hours from now. */
function momentOf(text: string | undefined): string | undefined {
  const length = text === undefined ? null : parseDuration(text)
  return length?.ok ? formatInstant(Date.now() + length.value * SECOND) : text
}

function historyTable(answers: OutputOf<'gate.history'>['answers']): string {
  if (answers.length === 0) return 'Nobody has asked the gate yet.'
  return table(
    ['when', 'verdict', 'component', 'commit', 'asked by', 'answer', 'why'],
    answers.map(({ answer: { at, asOf, verdict, overridden, component, commit, id, words }, person, asks }) => [
      minute(at ?? asOf),
      `${verdict.replace('_', ' ')}${overridden ? ', overridden' : ''}`,
      component,
      commit?.slice(0, 10) ?? '',
      asks > 1 ? `${person} and others (${asks} times)` : person,
      id,
      withoutVerdict(words),
    ]),
  )
}

function overridesTable(overrides: OutputOf<'gate.overrides'>['overrides']): string {
  if (overrides.length === 0) return 'Nobody has overridden the gate.'
  return table(
    ['from', 'until', 'state', 'component', 'by', 'reason', 'decision'],
    overrides.map(({ from, until, withdrawnAt, inForce, component, by, reason, decision }) => [
      minute(from),
      minute(until),
      withdrawnAt ? 'taken back' : inForce ? 'in force' : 'over',
      component,
      by,
      reason,
      decision,
    ]),
  )
}
