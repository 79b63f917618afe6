/** Reads what Jira pushes, Cloud and Data Center alike. */
export { jira, jiraDataCenter } from './source.ts'
