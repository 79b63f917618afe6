import * as z from 'zod'
import { TimestampSchema } from '../../core/index.ts'
import { common, Count, Person, Sha, Short, Text } from './common.ts'

/** A merged or open pull request. */
export const Change = z.looseObject({
  kind: z.literal('change'),
  ...common,
  number: Count.optional(),
  title: Short.optional(),
  body: Text.optional(),
  url: z.url().max(2_000).optional(),
  author: Person.optional(),
  branch: Short.optional(),
  openedAt: TimestampSchema.optional(),
  firstReviewAt: TimestampSchema.optional(),
  approvedAt: TimestampSchema.optional(),
  mergedAt: TimestampSchema.optional(),
  closedAt: TimestampSchema.optional(),
  mergeCommit: Sha.optional(),
  commits: z.array(z.object({ sha: Sha, authoredAt: TimestampSchema })).max(100_000).optional(),
  additions: Count.optional(),
  deletions: Count.optional(),
  /** The commit or change this one reverts. */
  reverts: Short.optional(),
  labels: z.array(Short).optional(),
  /** Work items, decisions and outcomes it names. */
  refs: z.array(Short).max(1_000).optional(),
})
export type Change = z.infer<typeof Change>
