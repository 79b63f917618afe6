import * as z from 'zod'
import { formatInstant, operation } from '../../core/index.ts'
import { EVIDENCE_KINDS, parseEvidence } from '../../ledger/index.ts'
import type { Import, ImportResult, Parsed } from '../intake.ts'
import type { Context } from './context.ts'

const ProblemView = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  fix: z.string().optional(),
  file: z.string().optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  path: z.string().optional(),
})

const Counts = z.object({
  importId: z.number().int(),
  accepted: z.number().int(),
  revised: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  /** Of the accepted ones. */
  byKind: z.partialRecord(z.enum(EVIDENCE_KINDS), z.number().int()),
})
const Batch = Counts.extend({ problems: z.array(ProblemView) })
const ImportView = Counts.extend({
  label: z.string(),
  format: z.string(),
  by: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Collects what a sender or a connection brings in a day; nobody finishes it. */
  daily: z.boolean(),
})

/** A line as its source parsed it. Records are checked again here: this is a boundary. */
const ParsedLine = z.union([
  z.strictObject({ record: z.unknown() }),
  z.strictObject({ reject: z.strictObject({ raw: z.string().max(2_000_000), problem: ProblemView }) }),
])

export const beginImport = operation({
  id: 'import.begin',
  method: 'post',
  path: '/imports',
  scope: 'evidence:write',
  summary: 'Begins an import, or goes on with one that was stopped: `done` lines are there already',
  input: z.strictObject({
    label: z.string().trim().min(1).max(2_000),
    format: z.string().min(1).max(100),
    fingerprint: z.string().max(200).optional(),
  }),
  output: z.object({ importId: z.number().int(), done: z.number().int() }),
  run: (ask, { intake, caller }: Context) => intake.begin({ ...ask, by: caller.person }),
})

export const takeBatch = operation({
  id: 'import.batch',
  method: 'post',
  path: '/imports/{importId}/batches',
  scope: 'evidence:write',
  summary: 'Takes a batch of parsed lines; durable when it answers',
  bodyLimit: 64 * 1024 * 1024,
  input: z.strictObject({
    importId: z.coerce.number().int().positive(),
    parsed: z.array(ParsedLine).max(10_000),
    done: z.number().int().min(0).optional(),
  }),
  output: Batch,
  run: async ({ importId, parsed, done }, { intake, caller }: Context) =>
    viewOfBatch(await intake.batch(importId, parsed.map(checked), { by: caller.person, ...(done === undefined ? {} : { done }) })),
})

export const finishImport = operation({
  id: 'import.finish',
  method: 'post',
  path: '/imports/{importId}/finish',
  scope: 'evidence:write',
  summary: 'Ends an import and tells what it brought',
  input: z.strictObject({ importId: z.coerce.number().int().positive() }),
  output: Batch,
  run: async ({ importId }, { intake }: Context) => viewOfBatch(await intake.finish(importId)),
})

export const listImports = operation({
  id: 'imports',
  method: 'get',
  path: '/imports',
  scope: 'read',
  summary: 'What was imported, when, from where and what came of it; newest first',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
  output: z.object({ imports: z.array(ImportView) }),
  run: async ({ limit }, { intake }: Context) => ({ imports: (await intake.imports(limit)).map(viewOfImport) }),
})

function checked(line: z.output<typeof ParsedLine>): Parsed {
  if ('reject' in line) return line
  const read = parseEvidence(line.record)
  if (read.ok) return { record: read.value }
  return { reject: { raw: JSON.stringify(line.record ?? null), problem: read.problems[0]! } }
}

function viewOfBatch({ importId, accepted, revised, duplicates, rejected, byKind, problems }: ImportResult): z.output<typeof Batch> {
  return { importId, accepted, revised, duplicates, rejected, byKind, problems }
}

function viewOfImport(one: Import): z.output<typeof ImportView> {
  const { importId, accepted, revised, duplicates, rejected, byKind, label, format, by, startedAt, finishedAt, daily } = one
  return {
    importId,
    accepted,
    revised,
    duplicates,
    rejected,
    byKind,
    label,
    format,
    by,
    startedAt: formatInstant(startedAt),
    finishedAt: finishedAt === null ? null : formatInstant(finishedAt),
    daily,
  }
}
