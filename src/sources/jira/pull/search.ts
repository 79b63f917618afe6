import type { Instant } from '../../../ground/core/index.ts'
import type { JiraSettings } from '../settings.ts'

/** What the reader takes; those named in the settings are asked for as well. */
const FIELDS = [
  'summary',
  'created',
  'updated',
  'issuetype',
  'status',
  'statuscategorychangedate',
  'resolution',
  'resolutiondate',
  'labels',
  'parent',
  'priority',
]

/** What is searched for. Moments are numbers: written as dates they would be read in the time zone of the token's user. */
export function searchOf({ query, outcomeField, epicField }: JiraSettings, from: Instant, until: Instant): Record<string, string> {
  const named = [outcomeField, epicField].filter((field) => field !== undefined && field !== '')
  return {
    jql: `${query ? `(${query}) and ` : ''}updated >= ${from} and updated <= ${until} order by updated asc, key asc`,
    fields: [...FIELDS, ...named].join(','),
  }
}
