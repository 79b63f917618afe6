import * as z from 'zod'
import { type Clock, formatInstant, InstantSchema, operation, Refusal, RefSchema } from '../core/index.ts'
import type { Catalog } from './catalog.ts'
import { entityAnswer, nodeOf, suggestionAnswer, summaryOf } from './present.ts'
import { ApplyAnswer, DraftInput, EntityAnswer, EntitySummary, ExportAnswer, GapsAnswer, ProblemAnswer, RelationAnswer, SuggestionAnswer, TraceAnswer, VersionAnswer } from './schemas.ts'

interface Context { catalog: Catalog; clock: Clock }

const Kind = z.string().max(63)
const Namespace = z.string().max(63)
const page = { limit: z.coerce.number().int().min(1).max(1_000).default(100), offset: z.coerce.number().int().min(0).default(0) }
const ExpectedVersion = z.coerce.number().int().min(0).optional()

const listOperation = operation({
  id: 'entity.list', method: 'get', path: '/entities', scope: 'read',
  summary: 'Entities by kind, namespace, owner and words',
  input: z.object({ kind: Kind.optional(), namespace: Namespace.optional(), text: z.string().max(400).optional(), owner: RefSchema.optional(), asOf: InstantSchema.optional(), ...page }),
  output: z.object({ total: z.number().int(), entities: z.array(EntitySummary) }),
  run: async ({ asOf, ...filter }, { catalog }: Context) => ({ total: await catalog.count(filter, asOf), entities: (await catalog.list(filter, asOf)).map(summaryOf) }),
})

const readOperation = operation({
  id: 'entity.read', method: 'get', path: '/entities/{ref+}', scope: 'read',
  summary: 'One entity with what it is related to',
  input: z.object({ ref: RefSchema, asOf: InstantSchema.optional() }),
  output: z.object({ entity: EntityAnswer, relations: z.array(RelationAnswer), records: z.array(z.object({ type: z.string(), kind: z.string(), count: z.number().int() })), problems: z.array(ProblemAnswer) }),
  run: async ({ ref, asOf }, { catalog }: Context) => {
    const entity = await catalog.get(ref, asOf)
    if (!entity) throw new Refusal('catalog.not_found', `There is no ${ref}${asOf === undefined ? '' : ` as of ${formatInstant(asOf)}`}.`, { status: 404, fix: 'Check its name, or look for it in the catalogue.' })
    return { entity: entityAnswer(entity), ...(await catalog.relations(ref)), problems: catalog.checkDraft(entity) }
  },
})

const writeOperation = operation({
  id: 'entity.write', method: 'put', path: '/entities', scope: 'write', audit: 'entity.write', bodyLimit: 8_000_000,
  summary: 'Writes one entity, on top of the version that was read',
  input: DraftInput.omit({ file: true, line: true }).extend({ expectedVersion: ExpectedVersion }),
  output: z.object({ entity: EntityAnswer, problems: z.array(ProblemAnswer) }),
  run: async ({ expectedVersion, ...draft }, { catalog, caller }: Context & { caller: { person: string } }) => {
    const entity = await catalog.write(draft, { by: caller.person, expectedVersion })
    return { entity: entityAnswer(entity), problems: catalog.checkDraft(draft) }
  },
})

const checkOperation = operation({
  id: 'entity.check', method: 'post', path: '/check', scope: 'read', bodyLimit: 8_000_000,
  summary: 'What is wrong with one document, and what could be better; writes nothing',
  input: DraftInput,
  output: z.object({ problems: z.array(ProblemAnswer) }),
  run: async (draft, { catalog }: Context) => ({ problems: catalog.checkDraft(draft) }),
})

const removeOperation = operation({
  id: 'entity.remove', method: 'delete', path: '/entities/{ref+}', scope: 'write', audit: 'entity.remove',
  summary: 'Takes one entity out of the catalogue; its versions stay',
  input: z.object({ ref: RefSchema, expectedVersion: ExpectedVersion }),
  output: z.object({ removed: z.string() }),
  run: async ({ ref, expectedVersion }, { catalog, caller }: Context & { caller: { person: string } }) => {
    await catalog.remove(ref, { by: caller.person, expectedVersion })
    return { removed: ref }
  },
})

const versionsOperation = operation({
  id: 'entity.versions', method: 'get', path: '/versions/{ref+}', scope: 'read',
  summary: 'Every version of one entity: who, when, from where',
  input: z.object({ ref: RefSchema }),
  output: z.object({ versions: z.array(VersionAnswer) }),
  run: async ({ ref }, { catalog }: Context) => ({ versions: (await catalog.versions(ref)).map((version) => ({ ...version, at: formatInstant(version.at) })) }),
})

const applyOperation = operation({
  id: 'catalog.apply', method: 'post', path: '/apply', scope: 'write', audit: 'catalog.apply', bodyLimit: 100_000_000,
  summary: 'Writes the documents of one folder and removes what that folder states no longer',
  input: z.object({
    folder: z.string().min(1).max(4_000),
    drafts: z.array(DraftInput).max(100_000),
    dryRun: z.boolean().default(false),
    /** Write nothing when any document is refused. */
    strict: z.boolean().default(false),
    origin: z.enum(['file', 'inferred']).default('file'),
    /** Files read, and those that could not be: what these stated before stays. */
    files: z.number().int().min(0).optional(),
    /** The caller has reported what the schemas find. */
    checked: z.boolean().default(false),
    unreadable: z.array(z.string().max(4_000)).max(100_000).optional(),
  }),
  output: ApplyAnswer,
  run: async ({ folder, drafts, files, ...how }, { catalog, caller }: Context & { caller: { person: string } }) => ({
    files: files ?? new Set(drafts.map((draft) => draft.file)).size,
    ...(await catalog.applyFolder(folder, drafts, { ...how, by: caller.person })),
  }),
})

const exportOperation = operation({
  id: 'catalog.export', method: 'get', path: '/export', scope: 'read',
  summary: 'Every entity as it was written, with its relations; applying it again changes nothing',
  input: z.object({ kind: Kind.optional(), namespace: Namespace.optional() }),
  output: ExportAnswer,
  run: async (filter, { catalog }: Context) => ({ entities: await catalog.export(filter) }),
})

const traceOperation = operation({
  id: 'trace', method: 'get', path: '/trace/{ref+}', scope: 'read',
  summary: 'What a thing leads up to, and what leads up to it',
  input: z.object({ ref: z.string().trim().min(1).max(1_000), direction: z.enum(['up', 'down', 'both']).default('both'), depth: z.coerce.number().int().min(1).max(12).default(4) }),
  output: TraceAnswer,
  run: ({ ref, direction, depth }, { catalog }: Context) => catalog.trace(ref, direction, depth),
})

const gapsOperation = operation({
  id: 'gaps', method: 'get', path: '/gaps', scope: 'read',
  summary: 'Holes between intent and work',
  input: z.object({ namespace: Namespace.default('default'), at: InstantSchema.optional() }),
  output: GapsAnswer,
  run: async ({ namespace, at }, { catalog, clock }: Context) => ({ gaps: await catalog.gaps({ namespace, at: at ?? clock() }) }),
})

const suggestionsOperation = operation({
  id: 'suggestions', method: 'get', path: '/suggestions', scope: 'read',
  summary: 'Links that were inferred and that nobody has accepted or refused yet',
  input: z.object({ namespace: Namespace.optional(), ...page }),
  output: z.object({ total: z.number().int(), suggestions: z.array(SuggestionAnswer) }),
  run: async (filter, { catalog }: Context) => {
    const { total, links } = await catalog.suggestions(filter)
    const nodes = await catalog.describe(links.flatMap(({ from, to }) => [from, to]))
    return { total, suggestions: links.map((link) => suggestionAnswer(link, nodes)) }
  },
})

const settleOperation = operation({
  id: 'link.settle', method: 'post', path: '/suggestions', scope: 'write', audit: 'link.settle',
  summary: 'Accepts or refuses a link, for good; "suggested" takes the decision back',
  input: z.object({ from: z.string().min(1).max(1_000), subject: RefSchema.optional(), type: z.string().min(1).max(63), to: z.string().min(1).max(1_000), status: z.enum(['accepted', 'refused', 'suggested']) }),
  output: z.object({ from: z.string(), type: z.string(), to: z.string(), status: z.enum(['accepted', 'refused', 'suggested']) }),
  run: async ({ from, subject, type, to, status }, { catalog, caller }: Context & { caller: { person: string } }) => {
    await catalog.settle({ from: await nodeOf(catalog, from, subject), type, to: await nodeOf(catalog, to) }, status, { by: caller.person })
    return { from, type, to, status }
  },
})

const searchOperation = operation({
  id: 'search', method: 'get', path: '/search', scope: 'read',
  summary: 'Entities by the beginnings of words, best match first',
  input: z.object({ q: z.string().max(400), namespace: Namespace.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.object({ results: z.array(EntitySummary) }),
  run: async ({ q, ...filter }, { catalog }: Context) => ({ results: /[\p{L}\p{N}]/u.test(q) ? (await catalog.list({ ...filter, text: q })).map(summaryOf) : [] }),
})

/** What doors may ask of the catalogue. */
export const catalogOperations = [
  listOperation,
  readOperation,
  writeOperation,
  checkOperation,
  removeOperation,
  versionsOperation,
  applyOperation,
  exportOperation,
  traceOperation,
  gapsOperation,
  suggestionsOperation,
  settleOperation,
  searchOperation,
] as const
