import pc from 'picocolors'
import type { OutputOf } from '../../client/index.ts'

type Answer = OutputOf<'gate.ask'>
type Reason = Answer['reasons'][number]

const VERDICTS = { go: pc.green('go'), hold: pc.red('hold'), could_not: pc.yellow('could not') } as const
const EFFECTS = { holds: '■ holds', warns: '▲ warns', none: '● passes' } as const

/** An answer of the gate for people: the verdict, every reason, and what would turn it green. */
export function answerLines({ verdict, words, commit, environment, asOf, reasons, policies, obstacle, override, id }: Answer): string {
  return [
    `${pc.bold(VERDICTS[verdict])}  ${words}`,
    pc.dim(
      `${environment}${commit ? `, commit ${commit.slice(0, 12)}` : ''}, as known on ${asOf.slice(0, 16).replace('T', ' ')} UTC, answer ${id}`,
    ),
    ...(obstacle ? [`  ${obstacle.fix}`] : []),
    ...(override ? [`  overridden by ${override.by}, ${override.decision}`] : []),
    ...reasons.flatMap(reasonLines),
    pc.dim(`by ${policies.map(({ ref, title, version }) => (ref ? `${ref} (version ${version})` : title)).join(', ') || 'no policy'}`),
  ].join('\n')
}

function reasonLines({ effect, state, rule, words, excuse, turnsGreen }: Reason): string[] {
  const mark = effect === 'none' && state !== 'pass' ? '○ passes' : EFFECTS[effect]
  return [
    `  ${mark}  ${rule}: ${words}`,
    ...(excuse ? [`      ${excuse.words}${excuse.ref ? ` (${excuse.ref})` : ''}`] : []),
    ...(turnsGreen && effect !== 'none' ? [`      turns green: ${turnsGreen}`] : []),
  ]
}
