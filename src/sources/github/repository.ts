import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { At, Repository, subjectOf } from './shapes.ts'

const NO_COMMIT = /^0+$/

/** `push`: that the main branch moved. The commits themselves are read from the repository, where their parents are known. */
export const readPush = reading(
  z.looseObject({
    ref: z.string(),
    before: z.string(),
    after: z.string(),
    forced: z.boolean().optional(),
    commits: z.array(z.looseObject({ id: z.string(), timestamp: At.optional() })).default([]),
    head_commit: z.looseObject({ timestamp: At.optional() }).nullish(),
    repository: Repository.extend({ pushed_at: z.union([z.number(), z.string()]).optional() }),
  }),
  ({ ref, before, after, forced, commits, head_commit: head, repository }): ReadPayload => {
    if (ref !== `refs/heads/${repository.default_branch ?? 'main'}`) return ignored('Only the main branch is followed.')
    if (NO_COMMIT.test(after)) return ignored('The branch was deleted.')
    const { pushed_at: pushed } = repository
    const at = typeof pushed === 'number' ? new Date(pushed * 1000).toISOString() : (pushed ?? head?.timestamp)
    return told({
      kind: 'event',
      source: 'github',
      id: `push/${repository.full_name}/${after}`,
      subject: subjectOf(repository),
      at,
      type: 'github.push',
      data: { ref, before, after, forced: forced === true, commits: commits.map(({ id }) => id) },
    })
  },
)

/** `release`: that a version was published. Whether it is a deployment its tag tells, when the repository is read. */
export const readRelease = reading(
  z.looseObject({
    action: z.string(),
    release: z.looseObject({
      id: z.number().int(),
      tag_name: z.string(),
      name: z.string().nullish(),
      draft: z.boolean(),
      prerelease: z.boolean(),
      published_at: At.nullish(),
    }),
    repository: Repository,
  }),
  ({ action, release, repository }): ReadPayload => {
    if (action !== 'published' || release.draft || !release.published_at) return ignored('Only a published release is told.')
    return told({
      kind: 'event',
      source: 'github',
      id: `release/${repository.full_name}/${release.id}`,
      subject: subjectOf(repository),
      at: release.published_at,
      type: 'github.release',
      data: { tag: release.tag_name, name: release.name, prerelease: release.prerelease },
    })
  },
)
