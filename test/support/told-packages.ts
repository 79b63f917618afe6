import type { PackageFile } from '../../src/ground/catalog/index.ts'
import { componentsOf } from '../../src/sources/git/entities/components.ts'
import { isManifest } from '../../src/sources/git/entities/manifests.ts'
import { workspaceMembers } from '../../src/sources/git/entities/workspaces.ts'
import { formatOf } from '../../src/sources/git/packages/formats.ts'
import { type FoundPackages, packagesIn } from '../../src/sources/git/packages/read-packages.ts'

/** For tests: what a repository of these files tells, as a scan reads them. */
export function foundIn(files: Readonly<Record<string, string>>): FoundPackages {
  const texts = new Map(Object.entries(files))
  const manifests = new Map([...texts].filter(([path]) => isManifest(path.slice(path.lastIndexOf('/') + 1))))
  const components = componentsOf({
    repository: 'till',
    declared: [],
    manifests,
    isMember: workspaceMembers((file) => texts.get(file)),
  })
  const repository = 'repository:default/till'
  return packagesIn(
    [...texts.keys()].filter((path) => formatOf(path) !== null),
    texts,
    { repository, components, texts },
  )
}

/** The same in words, by file: one line a package, or why the file could not be read. */
export function told(files: Readonly<Record<string, string>>): Record<string, string[] | string> {
  return Object.fromEntries(foundIn(files).files.map((file) => [file.file, file.unread ?? linesOf(file)]))
}

function linesOf({ uses }: PackageFile): string[] {
  return uses.map(({ name, version, asked, local, direct, through, untold, development }) => {
    const named = { direct, through, untold }
    const owners = (['direct', 'through', 'untold'] as const)
      .flatMap((how) => named[how].map((ref) => ({ how, ref })))
      .map(({ how, ref }) => ({ how, ref, short: ref.startsWith('repository:') ? 'repository' : ref.slice(ref.indexOf('/') + 1) }))
      .sort((one, other) => (one.short < other.short ? -1 : 1))
    const who = owners.map(({ how, ref, short }) => `${how} ${short}${development.includes(ref) ? ' (development)' : ''}`)
    return `${name} ${version ?? `?${asked ?? ''}`}${local ? ' local' : ''}: ${who.join(', ')}`
  })
}
