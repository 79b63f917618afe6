import pc from 'picocolors'
import type { OutputOf } from '../../client/index.ts'
import { minute, table } from '../terminal.ts'

type Answer = OutputOf<'gate.ask'>
type Reason = Answer['reasons'][number]

const VERDICTS = { go: pc.green('go'), hold: pc.red('hold'), could_not: pc.yellow('could not be judged') } as const
const EFFECTS = { holds: '■ holds', warns: '▲ warns', none: '● passes' } as const

/** An answer of the gate for people: the verdict, every reason, and what would turn it green. */
export function answerLines({ verdict, words, commit, environment, at, asOf, reasons, policies, obstacle, override, id }: Answer): string {
  return [
    `${pc.bold(VERDICTS[verdict])}  ${withoutVerdict(words)}`,
    pc.dim(
      `${environment}${commit ? `, commit ${commit.slice(0, 12)}` : ''}${at ? `, of ${minute(at)} UTC` : ''}, as known on ${minute(asOf)} UTC, answer ${id}`,
    ),
    ...(obstacle ? [`  ${obstacle.fix}`] : []),
    ...(override ? [`  overridden by ${override.by}, ${override.decision}`] : []),
    ...reasons.flatMap(reasonLines),
    pc.dim(`by ${policies.map(({ ref, title, version }) => (ref ? `${ref} (version ${version})` : title)).join(', ') || 'no policy'}`),
  ].join('\n')
}

/** The sentence of an answer beside its verdict: `checkout: go: no rule …` says it once. */
export function withoutVerdict(words: string): string {
  return words.replace(/^([^:]+): (?:go|hold|could not be judged)[:,] /, '$1: ')
}

function reasonLines({ effect, state, rule, words, excuse, turnsGreen }: Reason): string[] {
  const mark = effect === 'none' && state !== 'pass' ? '○ passes' : EFFECTS[effect]
  return [
    `  ${mark}  ${rule}: ${words}`,
    ...(excuse ? [`      ${excuse.words}${excuse.ref ? ` (${excuse.ref})` : ''}`] : []),
    ...(turnsGreen && effect !== 'none' ? [`      turns green: ${turnsGreen}`] : []),
  ]
}

/** The freeze calendar, for people. */
export function freezesTable({ freezes }: OutputOf<'gate.freezes'>): string {
  if (freezes.length === 0) return 'No freeze holds, and none is to come.'
  return table(
    ['state', 'from', 'until', 'zone', 'for', 'reason', 'exempt', 'freeze'],
    freezes.map(({ state, from, to, weekly, zone, covers, reason, exempt, ref, rule }) => [
      state.replace('_', ' '),
      weekly ?? from!.replace('T', ' '),
      to?.replace('T', ' ') ?? '',
      zone,
      covers.join(', '),
      reason,
      exempt.join(', '),
      rule === null ? ref : `${ref} (${rule})`,
    ]),
  )
}

/** How releases passed the gate, for people. */
export function shareLines({ words, from, to, listed }: OutputOf<'gate.share'>): string {
  return [
    words,
    pc.dim(`${from.slice(0, 10)} – ${to.slice(0, 10)}`),
    ...(listed.length > 0
      ? [
          '',
          table(
            ['when', 'component', 'commit', 'how', 'failed', 'deployment'],
            listed
              .slice(0, MOST_LINES)
              .map(({ at, component, commit, passage, failed, id }) => [
                minute(at),
                component,
                commit.slice(0, 10),
                PASSAGES[passage],
                failed ? 'failed' : '',
                id,
              ]),
          ),
        ]
      : []),
  ].join('\n')
}

const PASSAGES = { went: 'let go', overrode: 'overridden', against: 'although held', unasked: 'nobody asked' } as const
const MOST_LINES = 30

/** What a policy would have done, for people. */
export function trialLines({ policy, words, notes, rules, listed, from, to, seconds }: OutputOf<'gate.try'>): string {
  const held = listed.filter(({ verdict }) => verdict === 'hold')
  return [
    pc.bold(words),
    pc.dim(`${policy.title}, ${policy.environment}, ${from.slice(0, 10)} – ${to.slice(0, 10)}, ${seconds} s`),
    '',
    table(
      ['rule', 'mode', 'held', 'of them failed', 'broken', 'unknown'],
      rules.map(({ rule, mode, ...sum }) => [rule, mode, ...[sum.held, sum.caught, sum.failed, sum.unknown].map(String)]),
    ),
    ...(held.length > 0
      ? [
          '',
          table(
            ['when', 'component', 'commit', 'would have waited', 'failed', 'why'],
            held
              .slice(0, MOST_LINES)
              .map(({ at, component, commit, waitingHours, stillHeld, failed, why }) => [
                minute(at),
                component,
                commit.slice(0, 10),
                `${stillHeld ? 'at least ' : ''}${waitingHours} h`,
                failed ? 'failed' : '',
                why.map(({ words: said }) => said).join('; '),
              ]),
          ),
        ]
      : []),
    '',
    ...notes.map((note) => `  ${note}`),
  ].join('\n')
}

/** How budget policies stand, for people. */
export function budgetLines({ states }: OutputOf<'gate.budgets'>): string {
  if (states.length === 0) return 'No budget policy covers a service with an SLO here: write one (kind BudgetPolicy), and apply it.'
  return states
    .flatMap(({ service, title, steps, history }) => [
      pc.bold(`${service}: ${title}`),
      ...steps.flatMap(({ step, state, words, actions }) => [
        `  ${STEPS[state]}  ${step}: ${words}`,
        ...(state === 'in_force' ? [`      ${actions.join(' ')}`] : []),
      ]),
      ...(history ?? []).map(
        ({ at, inForce, unknown }) =>
          `  ${at.slice(0, 10)}  ${inForce.length > 0 ? inForce.join(', ') : unknown.length > 0 ? 'unknown' : 'none in force'}`,
      ),
    ])
    .join('\n')
}

const STEPS = { in_force: '■ in force', not_in_force: '● not in force', unknown: '○ unknown' } as const
