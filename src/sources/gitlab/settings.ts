import * as z from 'zod'
import { NameList, pollMinutes } from '../../ground/intake/index.ts'

/** `acme/tools/shop`, as it stands in addresses. */
const PATH = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/

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
  /** What is read by ourselves, a year back and again at an interval; nothing: only what is pushed counts. */
  projects: NameList.refine(
    (paths) => paths.every((path) => PATH.test(path) && path.includes('/')),
    'Write group/project, as in acme/tools/shop.',
  )
    .default([])
    .meta({
      title: 'Projects to read back',
      description: 'As group/project. The past year is read from them, and what a webhook missed.',
    }),
  group: z.string().trim().max(300).regex(PATH, 'Write its path as in gitlab.com/acme.').optional().meta({
    title: 'Group to read back',
    description: 'All projects in it and in its subgroups that the token sees and in which something happened since.',
  }),
  address: z
    .url({ protocol: /^https?$/ })
    .default('https://gitlab.com')
    .meta({ title: 'Address of GitLab', description: 'For an instance of your own: https://<host>, as in the browser.' }),
  pollMinutes: pollMinutes(60),
})
export type GitLabSettings = z.infer<typeof GitLabSettings>
