/*
 * What is asked of Linear, after the schema it publishes (github.com/linear/linear, packages/sdk/src/schema.graphql). A query may
 * cost 10,000 points: a field is 0.1, an object 1, a connection as many times what is in it as it asks for
 * (linear.app/developers/rate-limiting). Who made, changed or works on anything is not asked for.
 */

/** A page: how many issues or projects, each with its labels. About 62 and 82 points one. */
export const AT_ONCE = 50
/** Issues whose moves are asked for at once, 131 points one. */
export const MOVES_AT_ONCE = 25

const LIFETIME = 'id url createdAt updatedAt startedAt completedAt canceledAt archivedAt trashed labels(first: 50) { nodes { name } }'
const PAGE = 'pageInfo { hasNextPage endCursor }'
// Newest first: that is what `orderBy` means at Linear.
const ARGUMENTS = 'first: $first, after: $after, filter: $filter, includeArchived: true, orderBy: updatedAt'

export const ISSUES = `query Issues($first: Int!, $after: String, $filter: IssueFilter) {
  list: issues(${ARGUMENTS}) {
    nodes { ${LIFETIME} identifier previousIdentifiers title estimate state { type } cycle { number name } parent { id } project { id } }
    ${PAGE}
  }
}`

export const PROJECTS = `query Projects($first: Int!, $after: String, $filter: ProjectFilter) {
  list: projects(${ARGUMENTS}) { nodes { ${LIFETIME} name status { type } initiatives(first: 20) { nodes { name } } } ${PAGE} }
}`

export const MOVES = `query Moves($first: Int!, $ids: [ID!]!) {
  issues(first: $first, filter: { id: { in: $ids } }, includeArchived: true) {
    nodes { id history(first: 100) { nodes { createdAt fromTeamId toTeamId } } }
  }
}`

export const VIEWER = `query Viewer {
  organization { name }
  teams(first: 250) { nodes { key } }
}`
