import { ask } from '../../api/index.ts'
import type { Search } from '../../app/search.ts'

/** A record's id may carry its subject, `change:git/42@repository:default/shop`, where subjects share ids. */
export function recordIn(path: string, search: Search): { id: string; subject?: string } {
  const match = /^(.+)@([a-z][a-z0-9_-]*:[a-z0-9-]+\/[a-z0-9._-]+)$/i.exec(path)
  const subject = match?.[2] ?? search.subject
  return { id: match?.[1] ?? path, ...(subject ? { subject } : {}) }
}

export const recordAsk = (path: string, search: Search) => ask('evidence.record', recordIn(path, search))
export const recordAsks = (search: Search, names: Record<string, string>) => [recordAsk(names._splat ?? '', search)]
