import * as z from 'zod'
import { common, Count, Lines, Moment, Person, Sha, Short, Text } from './common.ts'

/** A merged or open pull request. */
export const Change = z.looseObject({
  kind: z.literal('change'),
  ...common,
  number: Count.optional(),
  title: Short.optional(),
  body: Text.optional(),
  url: z.url().max(2_000).optional(),
  author: Person.optional(),
  /** The author is a program: the name is kept, not a pseudonym. */
  bot: z.boolean().optional(),
  branch: Short.optional(),
  openedAt: Moment.optional(),
  firstReviewAt: Moment.optional(),
  approvedAt: Moment.optional(),
  mergedAt: Moment.optional(),
  closedAt: Moment.optional(),
  mergeCommit: Sha.optional(),
  commits: z
    .array(z.object({ sha: Sha, authoredAt: Moment }))
    .max(100_000)
    .optional(),
  additions: Lines.optional(),
  deletions: Lines.optional(),
  /** The commit or change this one reverts. */
  reverts: Short.optional(),
  labels: z.array(Short).max(1_000).optional(),
  /** Work items, decisions and outcomes it names. */
  refs: z.array(Short).max(1_000).optional(),
})
export type Change = z.infer<typeof Change>
