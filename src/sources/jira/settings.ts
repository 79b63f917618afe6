import * as z from 'zod'
import { NameList, SubjectList, pollMinutes } from '../../ground/intake/index.ts'

/** Resolutions and statuses that Jira and its templates use for work nobody will do. */
const DROPPED = ["Won't Do", "Won't Fix", 'Cancelled', 'Canceled', 'Declined', 'Rejected', 'Duplicate', 'Cannot Reproduce', 'Obsolete']

const Field = z
  .string()
  .trim()
  .regex(/^(?:[a-z]\w{0,99})?$/i, 'is the id of a field, for example customfield_10050')
  .optional()

/** What is chosen when a Jira is connected. */
export const JiraSettings = z.strictObject({
  projects: SubjectList.default([]).meta({
    title: 'What projects are about',
    description:
      'Key=reference, for example SHOP=component:default/checkout. A project that is not named is about the component of its key.',
  }),
  incidentNames: NameList.default([]).meta({
    title: 'Labels or types of incidents',
    description: 'Issues that carry such a label, or are of such a type, are incidents, too.',
  }),
  droppedNames: NameList.default(DROPPED).meta({
    title: 'Resolutions or statuses of dropped work',
    description: `An issue that ended with one of them is cancelled, not done. Without any of your own: ${DROPPED.join(', ')}.`,
  }),
  outcomeField: Field.meta({
    title: 'Field that names the outcome',
    description: 'Id of a custom field, for example customfield_10050, whose value is the name of an outcome.',
  }),
  epicField: Field.meta({
    title: 'Field that names the epic',
    description: 'Id of the custom field "Epic Link", where Jira does not give the epic as parent (Data Center).',
  }),
  /** Where issues are read by ourselves, a year back and again at an interval; nothing: only what is pushed counts. */
  address: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      title: 'Address of Jira to read back from',
      description: 'As in the browser, for example https://acme.atlassian.net. The past year is read from it, and what a webhook missed.',
    }),
  query: z
    .string()
    .trim()
    .max(2_000)
    .refine((text) => !/\border\s+by\b/i.test(text), 'Leave out "order by": the order is ours.')
    .optional()
    .meta({
      title: 'Issues to read back',
      description: 'In JQL, as in the webhook, for example project = SHOP. Without it: all issues the token sees.',
    }),
  pollMinutes: pollMinutes(60),
})
export type JiraSettings = z.infer<typeof JiraSettings>
