import * as z from 'zod'
import { NameList } from '../../ground/intake/index.ts'

/** What is chosen when a project, group or instance is connected. */
export const GitLabSettings = z.strictObject({
  /** Names of jobs that deploy to production without an environment of GitLab's. */
  deployJobs: NameList.default([]).meta({
    title: 'Jobs that deploy to production',
    description: 'Names as they stand in .gitlab-ci.yml; without any, only the deployments GitLab itself keeps are counted.',
  }),
  /** Labels that make an issue an incident. */
  incidentLabels: NameList.default([]).meta({
    title: 'Labels of incidents',
    description: 'Issues that carry one of them are incidents, too, like those of the type Incident.',
  }),
})
export type GitLabSettings = z.infer<typeof GitLabSettings>
