import * as z from 'zod'
import { NameList } from '../../ground/intake/index.ts'

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
})
export type GitHubSettings = z.infer<typeof GitHubSettings>
