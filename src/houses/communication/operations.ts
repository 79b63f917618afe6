import * as z from 'zod'
import { Claim, DAY, formatInstant, InstantSchema, operation } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { momentInput, momentOf } from '../vision/index.ts'
import { decidingOperations } from './deciding-operations.ts'
import { decisionOperations } from './decision-operations.ts'
import { FORMATS, render } from './render/index.ts'
import { answersBy } from './store/answers.ts'
import { briefOf } from './store/brief.ts'
import { corrections } from './store/corrections.ts'
import { gatherFacts } from './store/facts.ts'
import { storyOf } from './store/story.ts'
import { AUDIENCES } from './tell/brief.ts'
import { correctionsText, CorrectionsView } from './tell/corrections-view.ts'
import { MondayView, mondayView } from './tell/monday.ts'
import { mondayCompared } from './tell/monday-compared.ts'
import { StoryView, storyView } from './tell/story-view.ts'

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
    keep: true,
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
    keepWarm: true,
    summary: 'The home page: outcomes worst first, last week’s work, what to decide, what we do not know',
    input: z.object({
      ...momentInput,
      /** Also what is otherwise than so many days before, by what is known now: what came late changes no comparison. */
      compare: z.coerce.number().int().min(1).max(366).optional(),
    }),
    output: MondayView,
    run: async ({ compare, ...ask }, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const answers = await answersBy(when.asOf, ground)
      const told = async (moment: typeof when) =>
        mondayView(await gatherFacts(moment, ground, { story: false, changes: false }), formatInstant(moment.asOf), answers)
      const now = await told(when)
      if (compare === undefined) return now
      const before = await told({ ...when, at: when.at - compare * DAY })
      return { ...now, compared: mondayCompared(now, before) }
    },
  }),
  ...decisionOperations,
  ...decidingOperations,
] as const
