import * as z from 'zod'

/** What is chosen when a repository or organisation is connected. */
export const GitHubSettings = z.strictObject({
  /** Names of workflows whose runs are deployments to production. */
  deployWorkflows: z.array(z.string().min(1).max(200)).max(100).default([]),
  /** Labels that make an issue an incident. */
  incidentLabels: z.array(z.string().min(1).max(200)).max(100).default([]),
})
export type GitHubSettings = z.infer<typeof GitHubSettings>
