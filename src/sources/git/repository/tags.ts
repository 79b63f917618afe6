import { createHash } from 'node:crypto'
import { readText } from '../log/text.ts'
import { gitFailure } from '../program/failure.ts'
import { readObjects } from './objects.ts'
import type { Repository } from './open.ts'

/** What a tag names. */
export interface Tag {
  commit: string
  annotated: boolean
  /** When it was made, seconds since 1970; null for lightweight tags and old ones that do not say. */
  taggedAt: number | null
}

/** Names of tags and objects, before any object is looked at. */
export interface TagNames {
  tags: { name: string; object: string }[]
  /** Changes when any tag is added, moved or removed. */
  digest: string
  /** Some commits are replaced by others (`git replace`), which is not followed. */
  replaced: boolean
}

/** Lists all tags in one process. */
export async function listTags(repository: Repository): Promise<TagNames> {
  const listed = await repository.refs(['for-each-ref', '--format=%(objectname) %(refname)', '--', 'refs/tags', 'refs/replace'])
  if (listed.code !== 0) throw gitFailure(repository.path, listed)
  const refs = readText(listed.output)
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ object: line.slice(0, line.indexOf(' ')), ref: line.slice(line.indexOf(' ') + 1) }))
  return {
    tags: refs
      .filter(({ ref }) => ref.startsWith('refs/tags/'))
      .map(({ object, ref }) => ({ object, name: ref.slice('refs/tags/'.length) })),
    digest: createHash('sha256').update(listed.output).digest('hex').slice(0, 16),
    replaced: refs.some(({ ref }) => ref.startsWith('refs/replace/')),
  }
}

const NESTED = 5

/**
 * Follows tags to their commits, all of them together: one read of the tag objects a level of nesting. Tags of trees,
 * files and missing objects are left out.
 * @returns by name of the tag
 * @param isCommit whether an object is a commit that was read
 */
export async function resolveTags(
  repository: Repository,
  names: TagNames['tags'],
  isCommit: (name: string) => boolean,
): Promise<Map<string, Tag>> {
  const resolved = new Map<string, Tag>()
  let open = names.map(({ name, object }) => ({ name, object, annotated: false, taggedAt: null as number | null }))
  for (let level = 0; open.length > 0 && level <= NESTED; level++) {
    for (const tag of open)
      if (isCommit(tag.object)) resolved.set(tag.name, { commit: tag.object, annotated: tag.annotated, taggedAt: tag.taggedAt })
    open = open.filter((tag) => !isCommit(tag.object))
    const contents = await readObjects(
      repository.objects,
      open.map((tag) => tag.object),
    )
    open = open.flatMap((tag) => {
      const read = readTagObject(contents.get(tag.object))
      return read ? [{ name: tag.name, object: read.object, annotated: true, taggedAt: tag.taggedAt ?? read.taggedAt }] : []
    })
  }
  return resolved
}

/** Reads `object …`, `type …`, `tag …`, `tagger Name <address> seconds zone`; null for anything else. */
export function readTagObject(content: Buffer | undefined): { object: string; taggedAt: number | null } | null {
  if (!content) return null
  const head = content.toString('latin1', 0, Math.min(content.length, 4096))
  const match = /^object ([0-9a-f]{40,64})\ntype (?:commit|tag)\ntag [^\n]*\n(?:tagger [^\n]*> (\d{1,12})(?: [+-]\d{4})?\n)?/.exec(head)
  if (!match) return null
  const seconds = Number(match[2] ?? Number.NaN)
  return { object: match[1]!, taggedAt: seconds <= 253_402_300_799 ? seconds : null }
}
