import * as z from 'zod'
import { NameList, pollMinutes } from '../../ground/intake/index.ts'

/** `acme/shop`, as GitHub allows them. */
const REPOSITORY = /^[\w-]+\/[\w.-]+$/
const OWNER = /^[\w-]+$/

/** What is chosen when a repository or organisation is connected. */
export const GitHubSettings = z.strictObject({
  /** Names of workflows whose runs are deployments to production. */
  deployWorkflows: NameList.default([]).meta({
    title: 'Workflows that deploy to production',
    description: 'Names as they stand in the Actions tab; without any, only the deployments GitHub itself keeps are counted.',
  }),
  /** Labels that make an issue an incident. */
  incidentLabels: NameList.default([]).meta({
    title: 'Labels of incidents',
    description: 'Issues that carry one of them are incidents, too.',
  }),
  /** What is read by ourselves, a year back and again at an interval; nothing: only what is pushed counts. */
  repositories: NameList.refine((names) => names.every((name) => REPOSITORY.test(name)), 'Write owner/name, as in acme/shop.')
    .default([])
    .meta({
      title: 'Repositories to read back',
      description: 'As owner/name. The past year is read from them, and what a webhook missed.',
    }),
  organisation: z.string().trim().regex(OWNER, 'Write its name as in github.com/acme.').optional().meta({
    title: 'Organisation to read back',
    description: 'All of its repositories that the token sees and that had a change since.',
  }),
  apiAddress: z
    .url({ protocol: /^https?$/ })
    .default('https://api.github.com')
    .meta({ title: 'Address of the API', description: 'For GitHub Enterprise Server: https://<host>/api/v3.' }),
  pollMinutes: pollMinutes(60),
})
export type GitHubSettings = z.infer<typeof GitHubSettings>
