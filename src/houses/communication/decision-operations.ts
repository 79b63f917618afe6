import * as z from 'zod'
import { operation, type Ref, refNamespace, RefSchema, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { calibrationOf } from '../../ground/measures/index.ts'
import { allDecisions, decisionsOf, momentInput, momentOf, stamp, stampShape } from '../vision/index.ts'
import { openQuestions } from './decide/answers.ts'
import { chainOf } from './decide/chain.ts'
import { recordMarkdown } from './prose/record.ts'
import { safeHtml } from './prose/safe-html.ts'
import { answersBy } from './store/answers.ts'
import { forecastsIn, forecastsOf, scored, toldBins } from './store/forecasts.ts'
import { decisionsWished, LogWish } from './store/log.ts'
import { supersede } from './store/supersede.ts'
import { watchedOf } from './store/watching.ts'
import { askedView } from './tell/answers-view.ts'
import { chainView, decisionRow, DecisionRow, DecisionView } from './tell/decision-view.ts'
import { calibrationAnswer, forecastCounts, forecastRow, ForecastsView } from './tell/forecast-view.ts'

const moment = z.object(stampShape)

/** The decision log, and how often what was expected came true. */
export const decisionOperations = [
  operation({
    id: 'decisions',
    method: 'get',
    path: '/decisions',
    scope: 'read',
    summary: 'The decision log across repositories, newest first',
    input: LogWish.extend({
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    output: moment.extend({
      total: z.number().int(),
      /** One more than the highest number among those that match, whatever their status. */
      nextNumber: z.number().int(),
      statuses: z.record(z.string(), z.number().int()),
      decisions: z.array(DecisionRow),
    }),
    run: async (ask, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const rows = await decisionsWished(ask, when, ground)
      const statuses: Record<string, number> = {}
      for (const row of rows) statuses[row.status] = (statuses[row.status] ?? 0) + 1
      const found = rows.filter((decision) => !ask.status || decision.status === ask.status)
      return {
        ...stamp(when),
        total: found.length,
        nextNumber: rows.reduce((most, { number = 0 }) => Math.max(most, number), 0) + 1,
        statuses,
        decisions: found.slice(ask.offset, ask.offset + ask.limit).map((decision) => decisionRow(decision, when.at)),
      }
    },
  }),
  operation({
    id: 'decision.read',
    method: 'get',
    path: '/decisions/{ref+}',
    scope: 'read',
    summary: 'One decision: its record, what it replaced and what replaced it, whether its reasons still hold',
    input: z.object({ at: momentInput.at, asOf: momentInput.asOf, ref: RefSchema }),
    output: DecisionView,
    run: async (ask, ground: Ground) => {
      const when = await momentOf({ ...ask, scope: refNamespace(ask.ref) }, ground)
      const entity = await ground.catalog.get(ask.ref, when.asOf)
      const all = await allDecisions(when, ground)
      const decision = all.find((one) => one.ref === entity?.ref)
      if (!entity || !decision)
        throw new Refusal('decision.not_found', `No decision is called ${ask.ref}`, {
          status: 404,
          fix: 'See /decisions for all of them.',
          path: 'ref',
        })
      const { assumptions, tripwires } = await watchedOf([decision], when, ground)
      const open = decision.expects.some(({ by }) => by > when.at)
      const links = await ground.catalog.links([entity.ref], ['accepted'], when.asOf)
      return {
        ...decisionRow(decision, when.at),
        html: await safeHtml(recordMarkdown(entity)),
        file: entity.file,
        chain: chainView(chainOf(decision.ref, all)),
        assumptions: assumptions.map(({ because, judgement }) => ({ because, judgement })),
        expects: (await forecastsIn(decision, when, ground)).map(forecastRow),
        calibration: open ? await toldBins(await decisionsOf(when, ground), when, ground) : [],
        premortem: decision.premortem,
        asked: openQuestions(await answersBy(when.asOf, ground), ({ refs }) => refs.includes(entity.ref)).map(askedView),
        tripwires: tripwires.map(({ because, judgement }) => ({ because, judgement })),
        links: links.map(({ from, type, to, origin }) => ({ from, type, to, origin })),
      }
    },
  }),
  operation({
    id: 'decision.supersede',
    method: 'post',
    path: '/decisions/supersede',
    scope: 'write',
    audit: 'decision.supersede',
    summary: 'Writes into both decisions that one replaces the other; for decisions written here, not for records in files',
    input: z.object({ older: RefSchema, newer: RefSchema }),
    output: z.object({ older: z.string(), newer: z.string() }),
    run: async ({ older, newer }, { caller, ...ground }: Ground & { caller: { person: Ref } }) =>
      supersede({ older, newer }, { by: caller.person }, ground),
  }),
  operation({
    id: 'forecasts',
    method: 'get',
    path: '/forecasts',
    scope: 'read',
    keep: true,
    summary:
      'What decisions and investments expected, what became of it, and how often we are right: Brier score and calibration, never of persons',
    input: z.object({ ...momentInput }),
    output: ForecastsView,
    run: async (ask, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const forecasts = await forecastsOf(when, ground)
      const calibration = calibrationOf(scored(forecasts))
      return {
        ...stamp(when),
        answer: calibrationAnswer(calibration, forecasts.length),
        counts: forecastCounts(forecasts, calibration?.n ?? 0),
        calibration,
        forecasts: forecasts.map(forecastRow),
      }
    },
  }),
] as const
