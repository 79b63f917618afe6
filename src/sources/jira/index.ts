/** Reads what Jira pushes, and its past, Cloud and Data Center alike. */
export { jira, jiraDataCenter } from './source.ts'
