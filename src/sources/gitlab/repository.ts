import * as z from 'zod'
import { formatInstant } from '../../ground/core/index.ts'
import { ignored, type Payload, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { At, placeOf, Project, subjectOf } from './shapes.ts'

const NO_COMMIT = /^0+$/

const Push = z.looseObject({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  commits: z.array(z.looseObject({ id: z.string(), timestamp: At.nullish() })).default([]),
  total_commits_count: z.number().int().nullish(),
  project: Project,
})

/** `push`: that the main branch moved. The commits themselves are read from the repository, where their parents are known. */
export function readPush({ body, receivedAt }: Payload): ReadPayload {
  return reading(Push, ({ ref, before, after, commits, project, total_commits_count: total }): ReadPayload => {
    if (ref !== `refs/heads/${project.default_branch ?? 'main'}`) return ignored('Only the main branch is followed.')
    if (NO_COMMIT.test(after)) return ignored('The branch was deleted.')
    // GitLab does not say when it was pushed: not before its last commit, not after it came.
    const committedAt = commits.find(({ id }) => id === after)?.timestamp ?? undefined
    return told({
      kind: 'event',
      source: 'gitlab',
      id: `push/${placeOf(project)}/${after}`,
      subject: subjectOf(project),
      at: committedAt ?? (receivedAt === undefined ? undefined : formatInstant(receivedAt)),
      type: 'gitlab.push',
      // Of many commits only the newest twenty are listed.
      data: { ref, before, after, commits: commits.map(({ id }) => id), total: total ?? undefined },
    })
  })(body)
}

/** `release`: that a version was published. Whether it is a deployment its tag tells, when the repository is read. */
export const readRelease = reading(
  z.looseObject({
    action: z.string(),
    tag: z.string().min(1).max(300),
    name: z.string().nullish(),
    created_at: At,
    released_at: At.nullish(),
    project: Project,
  }),
  ({ action, tag, name, project, created_at: createdAt, released_at: releasedAt }): ReadPayload => {
    if (action === 'delete') return ignored('A release that was deleted stays as it was last told.')
    return told({
      kind: 'event',
      source: 'gitlab',
      // What is read back has no number: a project has one release a tag.
      id: `release/${placeOf(project)}/${tag}`,
      subject: subjectOf(project),
      at: releasedAt ?? createdAt,
      type: 'gitlab.release',
      data: { tag, name },
    })
  },
)
