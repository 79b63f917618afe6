import * as z from 'zod'

/** Raised when records come out differently for the same history: then everything is written again. */
export const RULES = 2

/** Raised when lock files and manifests are read otherwise: then they are read again, and nothing else is. */
export const PACKAGE_RULES = 1

const Target = z.object({ subject: z.string(), path: z.string().nullable(), unknownComponent: z.string().optional() })

/** What a scan leaves for the next: about 40 bytes for each version tag; the rest is small. */
const Cursor = z.object({
  rules: z.number(),
  subject: z.string(),
  /** By which rules packages were read; absent when they never were. */
  packages: z.number().optional(),
  head: z.string(),
  branch: z.string().nullable(),
  /** Digest of all tag names and what they name. */
  tags: z.string(),
  /** Boundary of a shallow clone as it was. */
  boundary: z.array(z.string()),
  /** Some of the objects that were missing: when one of them is there, everything is read again. */
  missing: z.array(z.string()),
  /** Digest of each deployment known by a tag, by `<subject> <id>`. */
  tagDigests: z.record(z.string(), z.string()),
  /** Subjects of which every main-branch commit was written as a deployment. */
  byMain: z.array(Target),
  /** How many deployments folders that are deployed by main have, by subject. */
  folderDeployments: z.record(z.string(), z.number()),
  /** `<subject> <kind> <id>` of records that were taken back, the latest last. */
  takenBack: z.array(z.string()),
  /** Names the repository had before; all their records were taken back. */
  formerSubjects: z.array(z.string()),
  found: z.object({
    commits: z.number(),
    changes: z.number(),
    deployments: z.number(),
    authors: z.number(),
    bots: z.array(z.string()),
    notes: z.array(z.string()),
  }),
})
export type Cursor = z.infer<typeof Cursor>

/** Reads what the sink kept; null when there is nothing, or nothing this version understands. */
export function readCursor(kept: unknown): Cursor | null {
  const read = Cursor.safeParse(kept)
  return read.success ? read.data : null
}
