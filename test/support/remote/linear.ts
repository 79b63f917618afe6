import type { Asked, Told } from './server.ts'

/** An issue or project as the server keeps it. */
export interface LinearThing {
  id: string
  updatedAt: string
  [field: string]: unknown
}
export interface LinearWorkspace {
  issues: LinearThing[]
  projects: LinearThing[]
  teams: string[]
}

/** Fields that are asked for, with what is asked of each. */
type Selection = Map<string, Field>
interface Field {
  name: string
  selection: Selection | null
  /** How many of a connection. */
  first: number
}

/**
 * Linear's GraphQL API as far as we ask it, spoken by a server of our own: arguments, connections, costs and errors after the
 * schema Linear publishes and linear.app/developers (graphql, pagination, filtering, rate-limiting). Only what is asked for is
 * given; what costs more than 10,000 points is refused.
 */
export function linearDialect(workspace: () => LinearWorkspace, authorization: string): (asked: Asked) => Told | null {
  return ({ method, path, headers, body }) => {
    if (path !== '/graphql' || method !== 'POST') return null
    if (headers.authorization !== authorization)
      return refused(401, 'Authentication required, not authenticated', 'authentication error', 'AUTHENTICATION_ERROR')
    const { query, variables } = body as { query: string; variables: Record<string, unknown> }
    const asked = selectionOf(query.slice(query.indexOf('{')), variables)
    const cost = Math.ceil(costOf(asked))
    if (cost > 10_000) return refused(400, 'Query too complex', 'invalid input', 'INPUT_ERROR')
    const { issues, projects, teams } = workspace()
    const data: Record<string, unknown> = {}
    for (const [alias, field] of asked) {
      if (field.name === 'organization') data[alias] = shown({ name: 'Acme' }, field)
      else if (field.name === 'teams') data[alias] = shown({ nodes: teams.map((key) => ({ key })) }, field)
      else if (alias === 'issues') data[alias] = shown(byIds(issues, variables.ids as string[], field.first), field)
      else {
        const page = pageOf(field.name === 'issues' ? issues : projects, variables, field.first)
        if (page === null) return refused(400, 'Argument Validation Error: after', 'invalid input', 'INPUT_ERROR')
        data[alias] = shown(page, field)
      }
    }
    return { headers: { 'x-complexity': String(cost), 'x-ratelimit-requests-remaining': '2400' }, body: { data } }
  }
}

function byIds(things: LinearThing[], ids: string[], first: number): object {
  return { nodes: things.filter(({ id }) => ids.includes(id)).slice(0, first) }
}

interface Filter {
  updatedAt: { gte: string; lte: string }
  team?: { key: { eq: string } }
  accessibleTeams?: { some: { key: { eq: string } } }
}

/** Newest first; a page hangs on the thing it comes behind. Null when that is not on the list any more. */
function pageOf(things: LinearThing[], variables: Record<string, unknown>, first: number): object | null {
  const { updatedAt, team, accessibleTeams } = variables.filter as Filter
  const found = things
    .filter(({ updatedAt: at, identifier, teams = [] }) => {
      const isMeant = team ? (identifier as string).startsWith(`${team.key.eq}-`) : true
      const isSeen = accessibleTeams ? (teams as string[]).includes(accessibleTeams.some.key.eq) : true
      return isMeant && isSeen && at >= updatedAt.gte && at <= updatedAt.lte
    })
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id))
  const { after } = variables
  const behind = after === null ? -1 : found.findIndex(({ id }) => id === after)
  if (after !== null && behind === -1) return null
  const nodes = found.slice(behind + 1, behind + 1 + first)
  return { nodes, pageInfo: { hasNextPage: behind + 1 + first < found.length, endCursor: nodes.at(-1)?.id ?? null } }
}

/** Only what was asked for; a list stands for the connection it is given by. */
function shown(value: unknown, field: Field): unknown {
  const { selection } = field
  if (selection === null || value === null || value === undefined) return value ?? null
  if (Array.isArray(value)) return value.map((item) => shown(item, field))
  return Object.fromEntries(
    [...selection].map(([alias, below]) => {
      const found = (value as Record<string, unknown>)[below.name]
      return [
        alias,
        Array.isArray(found) && below.selection?.has('nodes') ? shown({ nodes: found.slice(0, below.first) }, below) : shown(found, below),
      ]
    }),
  )
}

/** A field is 0.1, an object 1, what is in a connection as many times as are asked for. */
function costOf(selection: Selection): number {
  let cost = 0
  for (const { selection: below, first } of selection.values())
    cost += below === null ? 0.1 : below.has('nodes') ? first * costOf(below) : 1 + costOf(below)
  return cost
}

function selectionOf(text: string, variables: Record<string, unknown>): Selection {
  const tokens = text.match(/[{}:]|\w+|\((?:[^()]|\([^()]*\))*\)/g) ?? []
  let at = 0
  const block = (): Selection => {
    const selection: Selection = new Map()
    for (at += 1; tokens[at] !== '}';) {
      const alias = tokens[at]!
      const name = tokens[at + 1] === ':' ? tokens[(at += 2)]! : alias
      at += 1
      const given = tokens[at]?.startsWith('(') ? tokens[at++]! : ''
      const first = /first: (\$?\w+)/.exec(given)?.[1] ?? '50'
      const below = tokens[at] === '{' ? block() : null
      selection.set(alias, { name, selection: below, first: Number(first.startsWith('$') ? variables[first.slice(1)] : first) })
    }
    at += 1
    return selection
  }
  return block()
}

function refused(status: number, message: string, type: string, code: string): Told {
  return { status, body: { errors: [{ message, extensions: { type, code, userPresentableMessage: `${message}.` } }] } }
}
