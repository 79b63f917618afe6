import * as z from 'zod'
import { formatInstant, InstantSchema, operation, Refusal, RefSchema } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import { entityAnswer, summaryOf } from '../present.ts'
import { DraftInput, EntityAnswer, EntitySummary, ProblemAnswer, RelationAnswer, VersionAnswer } from '../schemas.ts'
import { type Acting, type Context, Kind, Namespace, page } from './ask.ts'

const ExpectedVersion = z.coerce.number().int().min(0).optional()

const listOperation = operation({
  id: 'entity.list',
  method: 'get',
  path: '/entities',
  scope: 'read',
  summary: 'Entities by kind, namespace, owner and words',
  input: z.object({
    kind: Kind.optional(),
    namespace: Namespace.optional(),
    text: z.string().max(400).optional(),
    owner: RefSchema.optional(),
    asOf: InstantSchema.optional(),
    ...page,
  }),
  output: z.object({ total: z.number().int(), entities: z.array(EntitySummary) }),
  run: async ({ asOf, ...filter }, { catalog }: Context) => ({
    total: await catalog.count(filter, asOf),
    entities: (await catalog.list(filter, asOf)).map(summaryOf),
  }),
})

const readOperation = operation({
  id: 'entity.read',
  method: 'get',
  path: '/entities/{ref+}',
  scope: 'read',
  summary: 'One entity with what it is related to',
  input: z.object({ ref: RefSchema, asOf: InstantSchema.optional() }),
  output: z.object({
    entity: EntityAnswer,
    relations: z.array(RelationAnswer),
    records: z.array(z.object({ type: z.string(), kind: z.string(), count: z.number().int() })),
    problems: z.array(ProblemAnswer),
  }),
  run: async ({ ref, asOf }, { catalog }: Context) => {
    const entity = await catalog.get(ref, asOf)
    if (!entity)
      throw new Refusal('catalog.not_found', `There is no ${ref}${asOf === undefined ? '' : ` as of ${formatInstant(asOf)}`}.`, {
        status: 404,
        fix: 'Check its name, or look for it in the catalogue.',
      })
    return { entity: entityAnswer(entity), ...(await catalog.relations(ref, asOf)), problems: catalog.checkDraft(entity) }
  },
})

const writeOperation = operation({
  id: 'entity.write',
  method: 'put',
  path: '/entities',
  scope: 'write',
  audit: 'entity.write',
  bodyLimit: 8_000_000,
  summary: 'Writes one entity, on top of the version that was read',
  input: DraftInput.omit({ file: true, line: true, observed: true }).extend({ expectedVersion: ExpectedVersion }),
  output: z.object({ entity: EntityAnswer, problems: z.array(ProblemAnswer) }),
  run: async ({ expectedVersion, ...draft }, { catalog, caller }: Acting) => {
    const entity = await catalog.write(draft, { by: caller.person, expectedVersion })
    return { entity: entityAnswer(entity), problems: catalog.checkDraft(draft) }
  },
})

const Removal = z.strictObject({ ref: RefSchema, expectedVersion: ExpectedVersion })

const togetherOperation = operation({
  id: 'entity.together',
  method: 'put',
  path: '/entities-together',
  scope: 'write',
  audit: 'entity.together',
  summary: 'Writes and removes several entities that belong together: all of it, or nothing',
  input: z.object({
    write: z
      .array(DraftInput.omit({ file: true, line: true, observed: true }).extend({ expectedVersion: ExpectedVersion }))
      .max(50)
      .default([]),
    remove: z.array(Removal).max(50).default([]),
  }),
  output: z.object({ written: z.array(z.object({ ref: z.string(), version: z.number().int() })), removed: z.array(z.string()) }),
  run: async ({ write, remove }, { catalog, store, caller }: Acting & { store: Store }) =>
    store.transaction(async () => {
      const by = caller.person
      for (const { ref, expectedVersion } of remove) await catalog.remove(ref, { by, expectedVersion })
      const written: { ref: string; version: number }[] = []
      for (const [index, { expectedVersion, ...draft }] of write.entries()) {
        const { ref, version } = await catalog.write(draft, { by, expectedVersion }).catch((error: unknown) => {
          throw write.length > 1 ? placedIn(error, `write.${index}`, draft.metadata.name) : error
        })
        written.push({ ref, version })
      }
      return { written, removed: remove.map(({ ref }) => ref) }
    }),
})

/** A refusal of one of several, with which of them it is about. */
function placedIn(error: unknown, path: string, title: string): unknown {
  if (!(error instanceof Refusal)) return error
  const { code, message, ...more } = error.problem
  return new Refusal(code, `"${title}": ${message}`, { ...more, path: [path, more.path].filter(Boolean).join('.'), status: error.status })
}

const checkOperation = operation({
  id: 'entity.check',
  method: 'post',
  path: '/check',
  scope: 'read',
  bodyLimit: 8_000_000,
  summary: 'What is wrong with one document, and what could be better; writes nothing',
  input: DraftInput,
  output: z.object({ problems: z.array(ProblemAnswer) }),
  run: async (draft, { catalog }: Context) => ({ problems: catalog.checkDraft(draft) }),
})

const removeOperation = operation({
  id: 'entity.remove',
  method: 'delete',
  path: '/entities/{ref+}',
  scope: 'write',
  audit: 'entity.remove',
  summary: 'Takes one entity out of the catalogue; its versions stay',
  input: z.object({ ref: RefSchema, expectedVersion: ExpectedVersion }),
  output: z.object({ removed: z.string() }),
  run: async ({ ref, expectedVersion }, { catalog, caller }: Acting) => {
    await catalog.remove(ref, { by: caller.person, expectedVersion })
    return { removed: ref }
  },
})

const versionsOperation = operation({
  id: 'entity.versions',
  method: 'get',
  path: '/versions/{ref+}',
  scope: 'read',
  summary: 'Every version of one entity: who, when, from where',
  input: z.object({ ref: RefSchema }),
  output: z.object({ versions: z.array(VersionAnswer) }),
  run: async ({ ref }, { catalog }: Context) => ({
    versions: (await catalog.versions(ref)).map((version) => ({ ...version, at: formatInstant(version.at) })),
  }),
})

const searchOperation = operation({
  id: 'search',
  method: 'get',
  path: '/search',
  scope: 'read',
  summary: 'Entities by the beginnings of words, best match first',
  input: z.object({ q: z.string().max(400), namespace: Namespace.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.object({ results: z.array(EntitySummary) }),
  run: async ({ q, ...filter }, { catalog }: Context) => ({
    results: /[\p{L}\p{N}]/u.test(q) ? (await catalog.list({ ...filter, text: q })).map(summaryOf) : [],
  }),
})

export const entityOperations = [
  listOperation,
  readOperation,
  writeOperation,
  togetherOperation,
  checkOperation,
  removeOperation,
  versionsOperation,
  searchOperation,
] as const
