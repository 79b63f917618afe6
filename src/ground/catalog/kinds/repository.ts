import * as z from 'zod'
import type { EntityKind } from '../catalog.ts'
import { LooseRefText, StatedLinks, Words } from './fields.ts'

/** A git repository as it was scanned or declared. Mostly inferred; unknown fields are kept. */
export const RepositorySpec = z.looseObject({
  /** Where it can be cloned from; never a path on somebody's machine. */
  url: z.string().max(2_000).optional(),
  defaultBranch: Words.optional(),
  owner: LooseRefText.optional(),
  system: LooseRefText.optional(),
  links: StatedLinks.optional(),
})
export type RepositorySpec = z.infer<typeof RepositorySpec>

export const repositoryKind: EntityKind = {
  kind: 'Repository',
  apiVersions: ['throughline.dev/v1'],
  spec: RepositorySpec,
  links(spec) {
    const { owner, system } = spec as RepositorySpec
    return [
      ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : []),
      ...(system ? [{ type: 'partOf', to: system, kind: 'system', path: 'spec.system' }] : []),
    ]
  },
}
