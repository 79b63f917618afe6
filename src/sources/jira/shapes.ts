import * as z from 'zod'
import { EpochTimestampSchema, PlainOffsetTimestampSchema } from '../../ground/core/index.ts'

const Named = z.looseObject({ name: z.string().max(2_000) })

/** `2026-05-04T09:30:00.000+0200`: Jira writes the offset without a colon. */
export const At = PlainOffsetTimestampSchema

/** Milliseconds since 1970, as webhooks state when they were raised. */
export const Milliseconds = EpochTimestampSchema

/** `ABC-12`. A project key has letters, digits and underscores. */
export const Key = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,99}-\d{1,18}$/, 'an issue has a key such as ABC-12')

/** An issue as webhooks, `/rest/api/2` and `/rest/api/3` give it. */
export const Issue = z.looseObject({
  key: Key,
  self: z.string().max(2_000).optional(),
  fields: z.looseObject({
    summary: z.string(),
    created: At,
    updated: At,
    issuetype: Named.nullish(),
    status: Named.extend({ statusCategory: z.looseObject({ key: z.string() }) }),
    /** When the status last came into another category; only Cloud tells. */
    statuscategorychangedate: At.nullish(),
    resolution: Named.nullish(),
    resolutiondate: At.nullish(),
    labels: z.array(z.string()).max(1_000).nullish(),
    parent: z.looseObject({ key: Key }).nullish(),
    priority: Named.nullish(),
  }),
})
export type Issue = z.infer<typeof Issue>
