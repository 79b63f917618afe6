import * as z from 'zod'
import { operation, type Problem, RefSchema, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { readTexts } from '../../sources/ndjson/index.ts'
import { isZone, Mapping, MappingName, openTable, parseMapping, previewOf, TABLE_KINDS, TARGETS } from '../../sources/tables/index.ts'
import { forgetMapping, keepMapping, keptMapping, keptMappings } from './kept.ts'

/** Bytes of the beginning of a file that a preview is made of. */
const HEAD = 2 * 1024 * 1024

const ProblemView = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  fix: z.string().optional(),
  line: z.number().int().optional(),
  path: z.string().optional(),
})
const Counted = ProblemView.extend({ count: z.number().int() })

const RuleView = z.looseObject({
  column: z.string().optional(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  time: z.string().optional(),
  zone: z.string().optional(),
  decimal: z.string().optional(),
  thousands: z.string().optional(),
  unit: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  split: z.string().optional(),
  ref: z.string().optional(),
})

/** A mapping as it is kept: columns are written out. */
const MappingView = z.looseObject({
  name: z.string(),
  kind: z.enum(TABLE_KINDS),
  source: z.string().optional(),
  zone: z.string().optional(),
  empty: z.array(z.string()).optional(),
  fields: z.record(z.string(), RuleView),
  columns: z.array(z.string()).optional(),
})

const Preview = z.object({
  form: z.object({
    format: z.enum(['csv', 'json']),
    encoding: z.string(),
    delimiter: z.string().nullable(),
    packed: z.boolean(),
    notes: z.array(ProblemView),
  }),
  mapping: MappingView,
  mappingFrom: z.enum(['guessed', 'kept', 'given']),
  columns: z.array(
    z.object({
      name: z.string(),
      filled: z.number().int(),
      samples: z.array(z.string()),
      fields: z.array(z.string()),
      why: z.string(),
      certain: z.boolean(),
      reads: RuleView,
    }),
  ),
  rows: z.array(z.object({ line: z.number().int().nullable(), record: z.record(z.string(), z.unknown()), problems: z.array(ProblemView) })),
  sample: z.object({ rows: z.number().int(), records: z.number().int(), refused: z.number().int(), whole: z.boolean() }),
  problems: z.array(Counted),
  remarks: z.array(Counted),
  undecided: z.array(ProblemView),
  identity: z.string(),
})

export const tableOperations = [
  operation({
    id: 'table.kinds',
    method: 'get',
    path: '/tables/kinds',
    scope: 'read',
    summary: 'What rows of a table can become, and the fields a column can become',
    input: z.strictObject({}),
    output: z.object({
      kinds: z.array(
        z.object({
          kind: z.enum(TABLE_KINDS),
          fields: z.array(z.object({ field: z.string(), type: z.string(), required: z.boolean() })),
        }),
      ),
    }),
    run: async () => ({
      kinds: TARGETS.map(({ kind, fields }) => ({ kind, fields: fields.map(({ field, type, required }) => ({ field, type, required })) })),
    }),
  }),
  operation({
    id: 'table.preview',
    method: 'post',
    path: '/tables/preview',
    scope: 'read',
    summary: 'What the rows of a file would become, from its beginning; nothing is written',
    bodyLimit: Math.ceil((HEAD * 4) / 3) + 512 * 1024,
    input: z.strictObject({
      /** Name of the file. */
      file: z.string().min(1).max(500),
      /** Its first bytes, in base64. */
      head: z.base64().max(Math.ceil((HEAD * 4) / 3) + 4),
      /** Whether these are all. */
      whole: z.boolean().default(false),
      /** How to read it; guessed when left out. */
      mapping: z.unknown().optional(),
      kind: z.enum(TABLE_KINDS).optional(),
      zone: z.string().max(60).refine(isZone, 'a time zone is a name such as Europe/Berlin, or UTC').optional(),
      subject: RefSchema.optional(),
    }),
    output: Preview,
    run: async ({ head, whole, mapping, ...wish }, { intake }: Ground) => {
      const given = mapping === undefined ? undefined : mappingFrom(mapping)
      const table = await openTable([Buffer.from(head, 'base64')], { jsonTexts: readTexts, dialect: given?.table, isPart: !whole })
      return previewOf(table, { ...wish, mapping: given, kept: await keptMappings(intake) })
    },
  }),
  operation({
    id: 'mapping.list',
    method: 'get',
    path: '/mappings',
    scope: 'read',
    summary: 'Mappings of tables that are kept by name',
    input: z.strictObject({}),
    output: z.object({ mappings: z.array(MappingView) }),
    run: async (_, { intake }: Ground) => ({ mappings: await keptMappings(intake) }),
  }),
  operation({
    id: 'mapping.write',
    method: 'put',
    path: '/mappings/{name}',
    scope: 'evidence:write',
    summary: 'Keeps a mapping; rows that it refused before can then be read again',
    audit: 'mapping.write',
    input: z.strictObject({ name: MappingName, mapping: z.unknown() }),
    output: z.object({ mapping: MappingView }),
    run: async ({ name, mapping }, { intake }: Ground) => {
      const read = { ...mappingFrom(mapping), name }
      await keepMapping(intake, read)
      return { mapping: read }
    },
  }),
  operation({
    id: 'mapping.read',
    method: 'get',
    path: '/mappings/{name}',
    scope: 'read',
    summary: 'One mapping that is kept',
    input: z.strictObject({ name: MappingName }),
    output: z.object({ mapping: MappingView }),
    run: async ({ name }, { intake }: Ground) => ({ mapping: await keptMapping(intake, name) }),
  }),
  operation({
    id: 'mapping.remove',
    method: 'delete',
    path: '/mappings/{name}',
    scope: 'evidence:write',
    summary: 'Forgets a mapping; the records it made stay',
    audit: 'mapping.remove',
    input: z.strictObject({ name: MappingName }),
    output: z.object({ removed: z.literal(true) }),
    run: async ({ name }, { intake }: Ground) => {
      await forgetMapping(intake, name)
      return { removed: true as const }
    },
  }),
] as const

/** Reads a mapping somebody wrote, or refuses it with everything that is wrong with it. */
export function mappingFrom(value: unknown): Mapping {
  const read = parseMapping(value)
  if (read.ok) return read.value
  throw new Refusal(read.problems[0]!.code, wordsOf(read.problems), {
    ...(read.problems[0]!.path ? { path: read.problems[0]!.path } : {}),
    fix: read.problems[0]!.fix ?? 'Correct the mapping.',
  })
}

function wordsOf(problems: readonly Problem[]): string {
  return `The mapping cannot be used: ${problems
    .slice(0, 5)
    .map(({ message }) => message)
    .join('; ')}.`
}
