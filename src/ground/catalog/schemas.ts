import * as z from 'zod'

/** What operations of the catalogue answer. Times are RFC 3339. */
const Origin = z.enum(['file', 'form', 'inferred'])
const LinkOrigin = z.enum(['declared', 'trailer', 'reference', 'inferred'])

export const ProblemAnswer = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  fix: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  path: z.string().optional(),
})

/** Metadata as written; unknown fields are kept. */
export const MetadataAnswer = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  labels: z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullish(),
  annotations: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.string()).optional(),
  links: z
    .array(z.looseObject({ url: z.string(), title: z.string().optional(), icon: z.string().optional(), type: z.string().optional() }))
    .optional(),
})

const Document = z.object({ apiVersion: z.string(), kind: z.string(), metadata: MetadataAnswer, spec: z.record(z.string(), z.unknown()) })

const ObservationInput = z.object({
  fact: z.string().min(1).max(63),
  value: z.string().max(4_000),
  from: z.string().min(1).max(63),
  file: z.string().max(4_000).optional(),
  line: z.number().int().min(1).optional(),
  because: z.string().max(4_000).optional(),
  fills: z.boolean().optional(),
})

/** A document as a file or form hands it over. Grammar is checked by the catalogue, with places and fixes. */
export const DraftInput = z.object({
  apiVersion: z.string().max(400),
  kind: z.string().max(400),
  metadata: z.looseObject({ name: z.string().max(400) }),
  spec: z.record(z.string(), z.unknown()).default({}),
  file: z.string().max(4_000).optional(),
  line: z.number().int().min(1).optional(),
  /** What its source sees of the thing without anybody declaring it. */
  observed: z.array(ObservationInput).max(200).optional(),
})

export const EntitySummary = z.object({
  ref: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  /** `spec.type`, `spec.lifecycle`, `spec.status` and `spec.owner` where the kind has them. */
  type: z.string().optional(),
  lifecycle: z.string().optional(),
  status: z.string().optional(),
  owner: z.string().optional(),
  origin: Origin,
  version: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
})

export const EntityAnswer = z.object({
  ref: z.string(),
  ...Document.shape,
  origin: Origin,
  folder: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
  version: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
})

export const RelationAnswer = z.object({
  /** As read from the entity asked for: `ownedBy`, `servedBy`. */
  type: z.string(),
  ref: z.string(),
  kind: z.string(),
  title: z.string(),
  origin: LinkOrigin,
  dangling: z.boolean(),
})

export const VersionAnswer = z.object({
  version: z.number().int(),
  at: z.string(),
  by: z.string(),
  origin: Origin,
  removed: z.boolean(),
  doc: Document,
})

export const ApplyAnswer = z.object({
  /** Read by the caller. */
  files: z.number().int(),
  /** Documents parsed, refused ones included. */
  entities: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  removed: z.number().int(),
  problems: z.array(ProblemAnswer),
})

export const ExportAnswer = z.object({
  entities: z.array(Document.extend({ relations: z.array(z.object({ type: z.string(), targetRef: z.string() })) })),
})

export const TraceAnswer = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      subject: z.string().optional(),
      /** Steps from the start; negative is up, towards outcomes. */
      depth: z.number().int(),
      dangling: z.boolean().optional(),
      /** What it asks of people at that moment. */
      asks: z.array(z.string()).optional(),
      at: z.string().optional(),
      /** Neighbours left out. */
      more: z.number().int().optional(),
    }),
  ),
  edges: z.array(
    z.object({ from: z.string(), type: z.string(), to: z.string(), origin: LinkOrigin, confidence: z.number(), weak: z.boolean() }),
  ),
  /** Asked with it the same trace is found again. */
  asOf: z.string(),
})

export const GapsAnswer = z.object({
  gaps: z.array(z.object({ code: z.string(), ref: z.string(), message: z.string(), fix: z.string() })),
  at: z.string(),
  /** Asked with it the same gaps are found again. */
  asOf: z.string(),
})

export const SuggestionAnswer = z.object({
  from: z.string(),
  /** Of the record, where ids repeat between subjects: hand it back when settling. */
  subject: z.string().optional(),
  fromTitle: z.string(),
  type: z.string(),
  to: z.string(),
  toTitle: z.string(),
  confidence: z.number(),
  because: z.string().optional(),
  at: z.string().optional(),
})
