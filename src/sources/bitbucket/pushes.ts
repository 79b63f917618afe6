import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { At, Repository, subjectOf } from './shapes.ts'

/** What is chosen when a repository is connected. */
export const BitbucketSettings = z.strictObject({
  /** The branch that is followed; a push does not say which one is the main branch. */
  mainBranch: z.string().min(1).max(300).default('main').meta({
    title: 'Main branch',
    description: 'Pushes to it are told: main where nothing is written.',
  }),
})
export type BitbucketSettings = z.infer<typeof BitbucketSettings>

const Payload = z.looseObject({
  push: z.looseObject({
    changes: z
      .array(
        z.looseObject({
          new: z
            .looseObject({ type: z.string(), name: z.string(), target: z.looseObject({ hash: z.string().min(1).max(100), date: At }) })
            .nullish(),
          old: z.looseObject({ target: z.looseObject({ hash: z.string().max(100) }) }).nullish(),
          forced: z.boolean().optional(),
        }),
      )
      .max(1_000),
  }),
  repository: Repository,
})

/** `repo:push`: that the main branch moved. The commits themselves are read from the repository, where their parents are known. */
export function readPush(body: unknown, { mainBranch }: BitbucketSettings): ReadPayload {
  return reading(Payload, ({ push, repository }): ReadPayload => {
    const moved = push.changes.find((change) => change.new?.type === 'branch' && change.new.name === mainBranch)
    if (!moved?.new) return ignored('Only the main branch is followed.')
    const { hash: after, date: at } = moved.new.target
    return told({
      kind: 'event',
      source: 'bitbucket',
      id: `push/${repository.full_name}/${after}`,
      subject: subjectOf(repository),
      at,
      type: 'bitbucket.push',
      data: { branch: mainBranch, before: moved.old?.target.hash, after, forced: moved.forced === true },
    })
  })(body)
}
