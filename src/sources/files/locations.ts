import { matchesGlob } from 'node:path'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import type { PathProblem } from './placeholders.ts'
import { resolveInside } from './safe-path.ts'

/** Where a Backstage `Location` points. */
export interface LocationTargets {
  /** Files inside the folder to read as descriptors, whatever their names. */
  files: string[]
  problems: PathProblem[]
}

/**
 * Follows the targets of a Location inside the folder. What lies on the network is named and not followed.
 * @param known paths found in the folder, for targets with `*`
 */
export async function followLocation(
  draft: EntityDraft & { file: string },
  root: string,
  known: readonly string[],
): Promise<LocationTargets> {
  const found: LocationTargets = { files: [], problems: [] }
  for (const { target, path } of targetsOf(draft)) {
    const read = await resolveInside(root, draft.file, target)
    if (!read.ok) {
      found.problems.push(...read.problems.map((problem) => ({ ...problem, path })))
    } else if (read.value.kind === 'remote') {
      found.problems.push({
        code: 'files.remote_not_followed',
        severity: 'warning',
        message: 'This location lies on the network, which is not followed',
        fix: 'Apply the folder it lies in, or put a copy here.',
        path,
      })
    } else if (read.value.kind === 'file') {
      found.files.push(read.value.path)
    } else {
      const pattern = read.value.path
      const matches = /[*?[{]/.test(pattern) ? known.filter((candidate) => matchesGlob(candidate, pattern)) : []
      found.files.push(...matches)
      if (matches.length === 0)
        found.problems.push({
          code: 'files.missing_target',
          severity: 'warning',
          message: `${pattern} is not there`,
          fix: 'Check the path; it is relative to this file.',
          path,
        })
    }
  }
  return found
}

function targetsOf({ spec }: EntityDraft): { target: string; path: string }[] {
  const one = typeof spec.target === 'string' ? [{ target: spec.target, path: 'spec.target' }] : []
  const many = Array.isArray(spec.targets)
    ? spec.targets.flatMap((target: unknown, index) => (typeof target === 'string' ? [{ target, path: `spec.targets.${index}` }] : []))
    : []
  return [...one, ...many]
}
