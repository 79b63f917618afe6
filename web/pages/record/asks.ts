import { ask } from '../../api/index.ts'

/** A record's id may carry its subject, `change:git/42@repository:default/shop`, where subjects share ids. */
export function recordIn(path: string): { id: string; subject?: string } {
  const match = /^(.+)@([a-z][a-z0-9_-]*:[a-z0-9-]+\/[a-z0-9._-]+)$/i.exec(path)
  return match?.[1] && match[2] ? { id: match[1], subject: match[2] } : { id: path }
}

export const recordAsk = (path: string) => ask('evidence.record', recordIn(path))
export const recordAsks = (_: unknown, names: Record<string, string>) => [recordAsk(names._splat ?? '')]
