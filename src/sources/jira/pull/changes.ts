import * as z from 'zod'
import type { Payload } from '../../../ground/intake/index.ts'
import { At } from '../shapes.ts'

const UPDATED = 'jira:issue_updated'

const Changelog = z.looseObject({
  histories: z.array(
    z.looseObject({ created: At, items: z.array(z.looseObject({ field: z.string(), fromString: z.string().nullish() })).max(1_000) }),
  ),
})
const Updated = z.looseObject({ fields: z.looseObject({ updated: At }) })

/** When an issue was last changed; null where it does not say. */
export function updatedAt(issue: unknown): number | null {
  const read = Updated.safeParse(issue)
  return read.success ? Date.parse(read.data.fields.updated) : null
}

/**
 * An issue of a search, as webhooks would have told it: as it stands, with its last change of status, and once more for each key
 * it had before. Of its history nothing else is taken along; who made it stays behind.
 */
export function payloadsOf(found: Record<string, unknown>): Payload[] {
  const { changelog, ...issue } = found
  const changes = changesIn(changelog)
  const told = (timestamp: number, items: object[]) => ({
    event: UPDATED,
    body: { webhookEvent: UPDATED, timestamp, issue, changelog: { items } },
  })
  const status = changes.findLast(({ field }) => field === 'status')
  const moves = changes.filter(({ field }) => field === 'key')
  return [
    status ? told(status.at, [{ field: 'status' }]) : told(updatedAt(issue) ?? 0, []),
    ...moves.map(({ at, field, fromString }) => told(at, [{ field, fromString }])),
  ]
}

/** All changes of fields, the oldest first: Cloud begins with the newest, Data Center with the oldest. */
function changesIn(changelog: unknown) {
  const read = Changelog.safeParse(changelog)
  if (!read.success) return []
  return read.data.histories
    .flatMap(({ created, items }) =>
      items.map(({ field, fromString }) => ({ at: Date.parse(created), field: field.toLowerCase(), fromString })),
    )
    .sort((a, b) => a.at - b.at)
}
