import * as z from 'zod'
import { common, Count, Lines, Moment, Person, Sha, Short, Text } from './common.ts'

export const Commit = z.looseObject({
  kind: z.literal('commit'),
  ...common,
  sha: Sha,
  author: Person,
  coAuthors: z.array(Person).max(200).optional(),
  authoredAt: Moment,
  committedAt: Moment,
  parents: z.array(Sha).max(200),
  message: Text.optional(),
  trailers: z.record(z.string().max(100), z.array(Short)).optional(),
  additions: Lines.optional(),
  deletions: Lines.optional(),
  /** `[path, additions, deletions, old path?]`; null counts for binary files. */
  files: z.array(z.tuple([Short, Count.nullable(), Count.nullable()]).rest(Short)).optional(),
  /** The commit this one reverts. */
  reverts: Sha.optional(),
  bot: z.boolean().optional(),
})
export type Commit = z.infer<typeof Commit>
