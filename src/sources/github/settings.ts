import * as z from 'zod'
import { NameList } from '../../ground/intake/index.ts'

/** What is chosen when a repository or organisation is connected. */
export const GitHubSettings = z.strictObject({
  /** Names of workflows whose runs are deployments to production. */
  deployWorkflows: NameList.default([]),
  /** Labels that make an issue an incident. */
  incidentLabels: NameList.default([]),
})
export type GitHubSettings = z.infer<typeof GitHubSettings>
