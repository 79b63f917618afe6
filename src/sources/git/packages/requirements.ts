import { type Locked, NO_LOCK, type PackageGraph, type Place } from './graph.ts'
import { pythonPinned, readRequirement } from './python-names.ts'

const FOR_DEVELOPMENT = /(?:^|[-_./])(?:dev|develop|development|tests?|testing|lint|docs?|ci|typing)(?=[-_.]|$)/i

/**
 * `requirements.txt` and its kin (pip.pypa.io/en/stable/reference/requirements-file-format). What a file lists it asks for,
 * unless it was compiled (pip-compile, uv) and says by `# via` that another package does. Options and other files named by
 * `-r` and `-c` are passed over: these are read by themselves.
 */
export function readRequirements(text: string, place: Place): PackageGraph {
  const development = FOR_DEVELOPMENT.test(place.path.slice(place.path.lastIndexOf('/') + 1).replace(/\.txt$/, ''))
  const packages: (Locked & { direct: boolean })[] = []
  let isVia = false
  for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
    const comment = /(?:^|\s)#(.*)$/.exec(line)?.[1]?.trim() ?? null
    const [content = ''] = line.replace(/(?:^|\s)#.*$/, '').split(/\s--?[a-z]/)
    const read = content.trim() === '' || content.trim().startsWith('-') ? null : readRequirement(content)
    if (read) {
      const version = pythonPinned(read.range)
      const unknown = version === null ? { asked: read.range, because: NO_LOCK } : {}
      packages.push({ name: read.name, version, needs: [], direct: true, development, ...unknown })
      isVia = false
    }
    const last = packages.at(-1)
    if (last && comment !== null) {
      const via = /^via\b\s*(.*)$/.exec(comment)?.[1] ?? (isVia ? comment : null)
      if (via === null) continue
      const askedForByFile = /(?:^|[\s(])-[rc] /.test(via) || /\(?(?:pyproject\.toml|setup\.(?:py|cfg))\)?/.test(via)
      last.direct = isVia ? last.direct || askedForByFile : via === '' ? false : askedForByFile
      isVia = true
    }
  }
  const asks = packages.flatMap(({ direct }, at) => (direct ? [{ package: at, development }] : []))
  return {
    ecosystem: 'pypi',
    packages: packages.map(({ direct: _, ...one }) => one),
    projects: [{ folder: place.folder, asks }],
  }
}
