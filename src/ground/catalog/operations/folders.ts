import * as z from 'zod'
import { nearestWord, operation, Refusal } from '../../core/index.ts'
import { ApplyAnswer, DraftInput, ExportAnswer } from '../schemas.ts'
import { type Acting, type Context, Kind, Namespace } from './ask.ts'

const applyOperation = operation({
  id: 'catalog.apply',
  method: 'post',
  path: '/apply',
  scope: 'write',
  audit: 'catalog.apply',
  bodyLimit: 100_000_000,
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
  run: async ({ folder, drafts, files, ...how }, { catalog, caller }: Acting) => ({
    files: files ?? new Set(drafts.map((draft) => draft.file)).size,
    ...(await catalog.applyFolder(folder, drafts, { ...how, by: caller.person })),
  }),
})

const wasReadOperation = operation({
  id: 'catalog.was_read',
  method: 'post',
  path: '/apply/read',
  scope: 'write',
  summary: 'Notes that a folder or repository was read and says what it said before',
  input: z.object({ folder: z.string().min(1).max(4_000) }),
  output: z.object({ folder: z.string() }),
  run: async ({ folder }, { catalog }: Context) => {
    await catalog.wasRead(folder)
    return { folder }
  },
})

const exportOperation = operation({
  id: 'catalog.export',
  method: 'get',
  path: '/export',
  scope: 'read',
  summary: 'Every entity as it was written, with its relations; applying it again changes nothing',
  input: z.object({ kind: Kind.optional(), namespace: Namespace.optional() }),
  output: ExportAnswer,
  run: async (filter, { catalog }: Context) => {
    const entities = await catalog.export(filter)
    if (filter.kind && entities.length === 0) refuseUnknownKind(filter.kind, catalog)
    return { entities }
  },
})

/** A kind that nothing is written in and that is not known either is a slip of the pen. */
function refuseUnknownKind(kind: string, catalog: Context['catalog']): void {
  const known = catalog.kinds().map((one) => one.kind)
  if (known.some((name) => name.toLowerCase() === kind.toLowerCase())) return
  const near = nearestWord(kind, known)
  throw new Refusal('catalog.unknown_kind', `There is no kind ${kind}, and no entity of it.`, {
    status: 404,
    fix: near ? `Did you mean ${near}?` : `Known are ${[...new Set(known)].sort().join(', ')}.`,
  })
}

export const folderOperations = [applyOperation, wasReadOperation, exportOperation] as const
