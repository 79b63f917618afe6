import * as z from 'zod'
import { Claim, formatInstant, InstantSchema, operation, refNamespace, RefSchema, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { allDecisions, type DecisionIntent, decisionsOf, momentInput, momentOf, stamp, stampShape } from '../vision/index.ts'
import { chainOf } from './decide/chain.ts'
import { recordMarkdown } from './prose/record.ts'
import { safeHtml } from './prose/safe-html.ts'
import { FORMATS, render } from './render/index.ts'
import { briefOf } from './store/brief.ts'
import { corrections } from './store/corrections.ts'
import { judgedAssumptions } from './store/deciding.ts'
import { gatherFacts } from './store/facts.ts'
import { storyOf } from './store/story.ts'
import { AUDIENCES } from './tell/brief.ts'
import { correctionsText, CorrectionsView } from './tell/corrections-view.ts'
import { chainView, decisionRow, DecisionRow, DecisionView } from './tell/decision-view.ts'
import { MondayView, mondayView } from './tell/monday.ts'
import { StoryView, storyView } from './tell/story-view.ts'

const moment = z.object(stampShape)
/** The time a story tells of: so many weeks, or from a moment on. */
const spanInput = { from: InstantSchema.optional(), weeks: z.coerce.number().int().min(1).max(520).default(13) }

export const communicationOperations = [
  operation({
    id: 'brief',
    method: 'get',
    path: '/brief',
    scope: 'read',
    keep: true,
    summary: 'Where things stand, at the length an audience needs; every sentence with its grounds',
    input: z.object({ ...momentInput, audience: z.enum(AUDIENCES).default('executive'), format: z.enum(FORMATS).default('json') }),
    output: z.object({
      audience: z.enum(AUDIENCES),
      at: z.string(),
      asOf: z.string(),
      claims: z.array(Claim),
      /** The parts the claims after the headline fall into, in order: heading and number of sentences. */
      sections: z.array(z.object({ title: z.string(), claims: z.number().int() })),
      /** The brief as written in the format asked for; absent for json. */
      text: z.string().optional(),
    }),
    run: async (ask, ground: Ground) => {
      const { audience, claims, ...told } = await briefOf(ground, ask)
      return {
        audience,
        at: told.at,
        asOf: told.asOf,
        claims,
        sections: told.sections.map((section) => ({ title: section.title, claims: section.claims.length })),
        ...(ask.format === 'json' ? {} : { text: render(told, ask.format) }),
      }
    },
  }),
  operation({
    id: 'story',
    method: 'get',
    path: '/story',
    scope: 'read',
    keep: true,
    summary: 'One page from work to outcomes: how each moved, the work that names it, trade-offs, what was learned',
    input: z.object({ ...momentInput, ...spanInput, format: z.enum(FORMATS).default('json') }),
    output: StoryView,
    run: async (ask, ground: Ground) => {
      const story = await storyOf(ground, ask)
      return { ...storyView(story), ...(ask.format === 'json' ? {} : { text: render(story, ask.format) }) }
    },
  }),
  operation({
    id: 'corrections',
    method: 'get',
    path: '/corrections',
    scope: 'read',
    summary: 'What a past brief or story would say otherwise today, and the records learned since',
    input: z.object({
      ...momentInput,
      of: z.enum(['brief', 'story']).default('brief'),
      audience: z.enum(AUDIENCES).default('executive'),
      ...spanInput,
    }),
    output: CorrectionsView,
    run: async ({ of, ...ask }, ground: Ground) => {
      const found = await corrections(ground, ask, (when) =>
        of === 'brief' ? briefOf(ground, { ...ask, ...when }) : storyOf(ground, { ...ask, ...when }),
      )
      return { ...found, text: correctionsText(found) }
    },
  }),
  operation({
    id: 'monday',
    method: 'get',
    path: '/monday',
    scope: 'read',
    keep: true,
    summary: 'The home page: outcomes worst first, last week’s work, what to decide, what we do not know',
    input: z.object({ ...momentInput }),
    output: MondayView,
    run: async (ask, ground: Ground) => {
      const when = await momentOf(ask, ground)
      return mondayView(await gatherFacts(when, ground, { story: false }), formatInstant(when.asOf))
    },
  }),
  operation({
    id: 'decisions',
    method: 'get',
    path: '/decisions',
    scope: 'read',
    summary: 'The decision log across repositories, newest first',
    input: z.object({
      ...momentInput,
      status: z.string().max(40).optional(),
      /** Words to find in titles. */
      text: z.string().max(200).optional(),
      /** Only those that cite this principle, serve this outcome or affect this thing. */
      about: RefSchema.optional(),
      overdue: z.stringbool().optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    output: moment.extend({ total: z.number().int(), statuses: z.record(z.string(), z.number().int()), decisions: z.array(DecisionRow) }),
    run: async (ask, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const all = await decisionsOf(when, ground)
      const words = (ask.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
      const rows = all
        .filter((decision) => words.every((word) => `${decision.title} ${decision.ref}`.toLowerCase().includes(word)))
        .filter((decision) => !ask.about || isAbout(decision, ask.about))
        .map((decision) => decisionRow(decision, when.at))
        .filter((row) => !ask.overdue || row.overdue)
      const statuses: Record<string, number> = {}
      for (const row of rows) statuses[row.status] = (statuses[row.status] ?? 0) + 1
      const found = rows.filter((row) => !ask.status || row.status === ask.status)
      return { ...stamp(when), total: found.length, statuses, decisions: found.slice(ask.offset, ask.offset + ask.limit) }
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
      const assumptions = await judgedAssumptions([decision], when, ground)
      const links = await ground.catalog.links([entity.ref], ['accepted'], when.asOf)
      return {
        ...decisionRow(decision, when.at),
        html: await safeHtml(recordMarkdown(entity)),
        file: entity.file,
        chain: chainView(chainOf(decision.ref, all)),
        assumptions: assumptions.map(({ because, judgement }) => ({ because, judgement })),
        links: links.map(({ from, type, to, origin }) => ({ from, type, to, origin })),
      }
    },
  }),
] as const

function isAbout(decision: DecisionIntent, ref: string): boolean {
  return [decision.serves, decision.supports, decision.against, decision.affects, decision.supersedes, decision.supersededBy].some((refs) =>
    refs.includes(ref),
  )
}
