import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../../ground/intake/index.ts'
import type { BitbucketSettings } from '../pushes.ts'
import { subjectOf } from '../shapes.ts'
import { At, fullName, Repository } from './shapes.ts'

const Hash = z.string().min(1).max(100)
const Payload = z.looseObject({
  date: At,
  repository: Repository,
  changes: z
    .array(
      z.looseObject({
        ref: z.looseObject({ displayId: z.string().max(1_000), type: z.string().max(100) }),
        fromHash: Hash,
        toHash: Hash,
        type: z.string().max(100),
      }),
    )
    .max(10_000),
})
/** In place of a commit, where there was none before. */
const NONE = /^0+$/

/** `repo:refs_changed`: that the main branch moved. The commits themselves are read from the repository, where their parents are known. */
export function readPush(body: unknown, { mainBranch }: BitbucketSettings): ReadPayload {
  return reading(Payload, ({ date: at, repository: named, changes }): ReadPayload => {
    const moved = changes.find(({ ref, type }) => ref.type === 'BRANCH' && ref.displayId === mainBranch && type !== 'DELETE')
    if (!moved) return ignored('Only the main branch is followed.')
    const repository = fullName(named)
    const { fromHash: before, toHash: after } = moved
    return told({
      kind: 'event',
      source: 'bitbucket',
      id: `push/${repository.full_name}/${after}`,
      subject: subjectOf(repository),
      at,
      type: 'bitbucket.push',
      data: { branch: mainBranch, ...(NONE.test(before) ? {} : { before }), after },
    })
  })(body)
}
