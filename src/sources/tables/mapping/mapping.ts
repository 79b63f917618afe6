import * as z from 'zod'
import { ok, type Problem, type Result } from '../../../ground/core/index.ts'
import { fieldProblems } from '../../../ground/ledger/index.ts'
import { fieldOf, TABLE_KINDS, unknownField } from './fields.ts'
import { patternProblem } from './pattern.ts'
import { UNITS } from './units.ts'
import { isZone } from './zone.ts'

const ColumnName = z.string().min(1).max(200)
const Zone = z.string().max(60).refine(isZone, 'a time zone is a name such as Europe/Berlin, or UTC')
const Constant = z.union([z.string().max(2_000), z.number(), z.boolean()])

/** How one field comes about: from a column, changed as stated, or the same for every row. */
const RuleObject = z
  .strictObject({
    column: ColumnName.optional(),
    /** The same for every row. */
    value: Constant.optional(),
    /** `iso`, `unix`, `unix-ms`, `excel`, or a pattern such as `dd.MM.yyyy HH:mm` (Unicode TR35). */
    time: z.string().min(1).max(100).optional(),
    /** Zone of times written without one; the mapping's unless said. */
    zone: Zone.optional(),
    decimal: z.enum(['.', ',']).optional(),
    thousands: z.enum(['.', ',', ' ', "'"]).optional(),
    /** What a number counts; it is kept in seconds, and a share as a ratio. `clock` reads 1:30:00. */
    unit: z.enum(Object.keys(UNITS) as [keyof typeof UNITS]).optional(),
    /** Words of the file and what they mean here, whatever their case; words not listed stay. */
    values: z.record(z.string().max(400), Constant).optional(),
    /** What divides a list. */
    split: z.string().min(1).max(10).optional(),
    /** Texts that are kept, whatever their case; others are left out. Of tags: names that are kept besides the well-known ones. */
    keep: z.array(z.string().max(400)).max(5_000).optional(),
    /** The kind of thing a plain name stands for: `component`, `repository`, … */
    ref: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,40}$/i)
      .optional(),
  })
  .refine((rule) => (rule.column === undefined) !== (rule.value === undefined), 'a field comes from either a column or a value')
  .refine((rule) => rule.time === undefined || patternProblem(rule.time) === null, {
    message: 'a time is iso, unix, unix-ms, excel or a pattern such as dd.MM.yyyy HH:mm',
    path: ['time'],
  })

/** A column alone may be written as its name. */
const Rule = z.union([ColumnName.transform((column): z.output<typeof RuleObject> => ({ column })), RuleObject])
export type Rule = z.output<typeof RuleObject>

/** Names under which mappings are kept. */
export const MappingName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'a name has small letters, digits and inner ".", "_" and "-", at most 63')

/** How the rows of a table become records. */
export const Mapping = z
  .strictObject({
    name: MappingName,
    kind: z.enum(TABLE_KINDS),
    /** The source its records say they come from; the name unless said. */
    source: z.string().min(1).max(200).optional(),
    /** Zone of times written without one; UTC unless said. */
    zone: Zone.optional(),
    /** Words that say a cell is empty, besides nothing at all. */
    empty: z.array(z.string().max(40)).max(20).optional(),
    table: z
      .strictObject({
        encoding: z.string().max(40).optional(),
        delimiter: z.string().length(1).optional(),
        header: z.boolean().optional(),
        short: z.enum(['refuse', 'fill']).optional(),
      })
      .optional(),
    /** Rules by field. Without one for `id`, a record is named by a digest of its row. */
    fields: z.record(z.string().max(120), Rule).refine((fields) => Object.keys(fields).length <= 200, 'at most 200 fields'),
    /** The columns of the file it was made for: a file with just these is recognised. */
    columns: z.array(z.string().max(200)).max(1_000).optional(),
  })
  .meta({ title: 'mapping' })
export type Mapping = z.output<typeof Mapping>

/** Reads a mapping; refuses with one problem a field, naming it. */
export function parseMapping(value: unknown): Result<Mapping> {
  const read = Mapping.safeParse(value)
  if (!read.success)
    return {
      ok: false,
      problems: fieldProblems(read.error, value).map((problem) => ({ ...problem, code: problem.code.replace('evidence.', 'mapping.') })),
    }
  const mapping = read.data
  const problems: Problem[] = []
  for (const name of Object.keys(mapping.fields)) if (!fieldOf(mapping.kind, name)) problems.push(unknownField(mapping.kind, name))
  return problems.length > 0 ? { ok: false, problems } : ok(mapping)
}

/** Whether a kept mapping was made for a file with just these columns. */
export function fitsShape(mapping: Mapping, columns: readonly string[]): boolean {
  const known = mapping.columns
  return known !== undefined && known.length === columns.length && columns.every((column) => known.includes(column))
}
