import * as z from 'zod'
import { formatInstant, InstantSchema, operation, parseRef, RefSchema, Refusal } from '../../core/index.ts'
import { isRecordId } from '../links/node-id.ts'
import { nodeOf, suggestionAnswer } from '../present.ts'
import { GapsAnswer, SuggestionAnswer, TraceAnswer } from '../schemas.ts'
import { type Acting, type Context, knownBy, Namespace, page } from './ask.ts'

const traceOperation = operation({
  id: 'trace',
  method: 'get',
  path: '/trace/{ref+}',
  scope: 'read',
  summary: 'What a thing leads up to, and what leads up to it',
  input: z.object({
    ref: z.string().trim().min(1).max(1_000),
    direction: z.enum(['up', 'down', 'both']).default('both'),
    depth: z.coerce.number().int().min(1).max(12).default(4),
    asOf: InstantSchema.optional(),
  }),
  output: TraceAnswer,
  run: async ({ ref, direction, depth, ...ask }, context: Context) => {
    const named = parseRef(ref)
    if (!named.ok && !isRecordId(ref))
      throw new Refusal('trace.not_a_name', `"${ref.slice(0, 100)}" names neither an entity nor a record.`, {
        fix: 'Write an entity as kind:namespace/name, a record as kind:source/id, for example commit:git/<sha>.',
      })
    const asOf = await knownBy(ask, context)
    return { ...(await context.catalog.trace(ref, direction, depth, asOf)), asOf: formatInstant(asOf) }
  },
})

const gapsOperation = operation({
  id: 'gaps',
  method: 'get',
  path: '/gaps',
  scope: 'read',
  keep: true,
  summary: 'Holes between intent and work',
  input: z.object({ namespace: Namespace.default('default'), at: InstantSchema.optional(), asOf: InstantSchema.optional() }),
  output: GapsAnswer,
  run: async ({ namespace, ...ask }, context: Context) => {
    const asOf = await knownBy(ask, context)
    const at = ask.at ?? asOf
    return { gaps: await context.catalog.gaps({ namespace, at, asOf }), at: formatInstant(at), asOf: formatInstant(asOf) }
  },
})

const suggestionsOperation = operation({
  id: 'suggestions',
  method: 'get',
  path: '/suggestions',
  scope: 'read',
  summary: 'Links that were inferred and that nobody has accepted or refused yet',
  input: z.object({ namespace: Namespace.optional(), asOf: InstantSchema.optional(), ...page }),
  output: z.object({ total: z.number().int(), suggestions: z.array(SuggestionAnswer) }),
  run: async ({ asOf, ...filter }, { catalog }: Context) => {
    const { total, links } = await catalog.suggestions(filter, asOf)
    const nodes = await catalog.describe(
      links.flatMap(({ from, to }) => [from, to]),
      asOf,
    )
    return { total, suggestions: links.map((link) => suggestionAnswer(link, nodes)) }
  },
})

const settleOperation = operation({
  id: 'link.settle',
  method: 'post',
  path: '/suggestions',
  scope: 'write',
  audit: 'link.settle',
  summary: 'Accepts or refuses a link, for good; "suggested" takes the decision back',
  input: z.object({
    from: z.string().min(1).max(1_000),
    subject: RefSchema.optional(),
    type: z.string().min(1).max(63),
    to: z.string().min(1).max(1_000),
    status: z.enum(['accepted', 'refused', 'suggested']),
  }),
  output: z.object({ from: z.string(), type: z.string(), to: z.string(), status: z.enum(['accepted', 'refused', 'suggested']) }),
  run: async ({ from, subject, type, to, status }, { catalog, caller }: Acting) => {
    await catalog.settle({ from: await nodeOf(catalog, from, subject), type, to: await nodeOf(catalog, to) }, status, { by: caller.person })
    return { from, type, to, status }
  },
})

export const linkOperations = [traceOperation, gapsOperation, suggestionsOperation, settleOperation] as const
