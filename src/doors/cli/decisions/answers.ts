import pc from 'picocolors'
import type { DecisionArgs } from './arguments.ts'
import type { ExitCode } from '../command.ts'
import type { Connection } from '../connect.ts'
import { answer, counted, table } from '../terminal.ts'

/** Decisions across repositories, newest first; exit 1 where none is found. */
export async function listDecisions({ client }: Connection, given: DecisionArgs): Promise<ExitCode> {
  const { scope, status, text, outcome, principle, component, log, from, to, at, json } = given
  const told = await client.ask('decisions', {
    scope,
    status,
    text,
    outcome,
    principle,
    component,
    log,
    from,
    to,
    at,
    asOf: given['as-of'],
    limit: given.limit ?? '50',
    ...(given.overdue ? { overdue: 'true' } : {}),
  })
  answer(json, told, () =>
    told.total === 0
      ? 'No decision is found.'
      : [
          table(
            ['date', 'status', 'decision', 'title'],
            told.decisions.map((row) => [
              row.date ?? '',
              row.status,
              row.ref,
              `${row.title}${row.overdue ? pc.yellow('  look at it again') : ''}`,
            ]),
          ),
          ...(told.total > told.decisions.length ? [pc.dim(`  ${told.decisions.length} of ${counted(told.total, 'decision')}`)] : []),
        ].join('\n'),
  )
  return told.total > 0 ? 0 : 1
}

/** One decision: whether its reasons hold, what it expected, what replaced it; exit 1 where it asks to be looked at again. */
export async function showDecision({ client }: Connection, ref: string, given: DecisionArgs): Promise<ExitCode> {
  const told = await client.ask('decision.read', { ref, at: given.at, asOf: given['as-of'] })
  const broken = [...told.assumptions, ...told.tripwires].some(({ judgement }) => judgement.state === 'missed')
  const limit = (what: string) => (one: (typeof told.assumptions)[number]) =>
    `  ${what} ${one.judgement.state === 'met' ? 'holds' : one.judgement.state === 'missed' ? pc.yellow('broken') : 'unknown'}: ${one.judgement.rule}`
  answer(given.json, told, () =>
    [
      `${pc.bold(told.title)}  ${told.status}${told.date ? ` on ${told.date}` : ''}`,
      pc.dim(told.ref + (told.file ? `, stated in ${told.file}` : '')),
      ...(broken || told.overdue ? [pc.yellow('It asks to be looked at again.')] : []),
      ...told.chain
        .filter(({ distance }) => distance !== 0)
        .map(({ ref: other, title, distance }) => `  ${distance < 0 ? 'replaced' : 'replaced by'} ${title} ${pc.dim(other)}`),
      ...told.assumptions.map(limit('assumption')),
      ...told.tripwires.map(limit('tripwire')),
      ...told.expects.map((one) => `  expected ${percent(one.probability)} by ${one.by}, ${one.state.replace('_', ' ')}: ${one.rule}`),
      ...(told.premortem ? [`  ${told.premortem}`] : []),
    ].join('\n'),
  )
  return broken || told.overdue ? 1 : 0
}

/** How often what was expected came true, of the organisation and never of persons. */
export async function tellCalibration({ client }: Connection, given: DecisionArgs): Promise<ExitCode> {
  const told = await client.ask('forecasts', { scope: given.scope, at: given.at, asOf: given['as-of'] })
  answer(given.json, told, () => {
    const { calibration, counts } = told
    return [
      told.answer,
      pc.dim(`${counts.scored} scored, ${counts.open} open, ${counts.unknown} due but unknown, ${counts.notScored} not scored`),
      ...(calibration
        ? [
            `Brier score ${calibration.brier.toFixed(2)} (n = ${calibration.n}; 0 is best, saying "half" every time scores 0.25)`,
            table(
              ['called', 'came true', 'interval (95 %)', 'n'],
              calibration.bins.map((bin) => [
                percent(bin.around),
                percent(bin.share),
                `${percent(bin.interval.low)} – ${percent(bin.interval.high)}`,
                String(bin.n),
              ]),
            ),
          ]
        : []),
    ].join('\n')
  })
  return 0
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
