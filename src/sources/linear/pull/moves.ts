import * as z from 'zod'
import { type Payload, type Remote } from '../../../ground/intake/index.ts'
import { ask } from './graphql.ts'
import { MOVES, MOVES_AT_ONCE } from './queries.ts'

/** An issue that changed its team: from which, and when. */
interface Move {
  fromTeam: string
  at: string
}

const Moves = z.looseObject({
  issues: z.looseObject({
    nodes: z.array(
      z.looseObject({
        id: z.string(),
        history: z.looseObject({
          nodes: z.array(z.looseObject({ createdAt: z.string(), fromTeamId: z.string().nullish(), toTeamId: z.string().nullish() })),
        }),
      }),
    ),
  }),
})
const Moved = z.looseObject({ id: z.string().min(1), previousIdentifiers: z.array(z.string()).min(1) })
const Standing = z.looseObject({ updatedAt: z.string() })

/** Issues as a webhook would have told their last change, and those with former identifiers their last move. */
export async function issuePayloads(issues: readonly Record<string, unknown>[], remote: Remote): Promise<Payload[]> {
  const ids = issues.flatMap((issue) => Moved.safeParse(issue).data?.id ?? [])
  const moves = new Map<string, Move>()
  for (let from = 0; from < ids.length; from += MOVES_AT_ONCE)
    for (const [id, move] of await movesOf(ids.slice(from, from + MOVES_AT_ONCE), remote)) moves.set(id, move)
  return issues.map((issue) => payloadOf('Issue', issue, typeof issue.id === 'string' ? moves.get(issue.id) : undefined))
}

/** A thing as it stands, as an event tells it. */
export function payloadOf(type: 'Issue' | 'Project', data: Record<string, unknown>, move?: Move): Payload {
  const createdAt = move?.at ?? Standing.safeParse(data).data?.updatedAt ?? ''
  return { event: type, body: { action: 'update', type, createdAt, data, ...(move ? { updatedFrom: { teamId: move.fromTeam } } : {}) } }
}

/** The last move of each; one that lies behind a hundred later changes is not found, and its moment stays unknown. */
async function movesOf(ids: readonly string[], remote: Remote): Promise<[string, Move][]> {
  const found = await ask(remote, Moves, MOVES, { ids, first: ids.length })
  return (found?.issues.nodes ?? []).flatMap(({ id, history }) => {
    const moves = history.nodes.flatMap(({ createdAt: at, fromTeamId: from, toTeamId: to }) => (from && to ? [{ fromTeam: from, at }] : []))
    const last = moves.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0]
    return last ? [[id, last] as [string, Move]] : []
  })
}
