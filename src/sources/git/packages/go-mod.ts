import type { Locked, PackageGraph, Place } from './graph.ts'

/**
 * `go.mod` (go.dev/ref/mod#go-mod-file): Go picks exactly the versions it states or higher ones it states elsewhere in the
 * list, so since Go 1.17 the list is what is built in. `// indirect` marks what is only needed through others. A replaced
 * module is told as what stands in its place.
 */
export function readGoMod(text: string, place: Place): PackageGraph {
  const replaced = new Map<string, Locked>()
  const required: { name: string; version: string; indirect: boolean }[] = []
  let hasModule = false
  for (const { verb, words, comment } of directivesIn(text)) {
    if (verb === 'module') hasModule = true
    if (verb === 'require' && words.length === 2)
      required.push({ name: words[0]!, version: words[1]!, indirect: /^indirect\b/.test(comment) })
    if (verb === 'replace') {
      const arrow = words.indexOf('=>')
      const [name, version] = words.slice(0, Math.max(0, arrow))
      const [other, otherVersion] = words.slice(arrow + 1)
      if (name && other) replaced.set(version ? `${name}@${version}` : name, replacement(name, other, otherVersion))
    }
  }
  if (!hasModule) throw new Error('it names no module')
  const packages = required.map(
    ({ name, version }): Locked => replaced.get(`${name}@${version}`) ?? replaced.get(name) ?? { name, version, needs: [] },
  )
  const asks = required.flatMap(({ indirect }, at) => (indirect ? [] : [{ package: at, development: false }]))
  return { ecosystem: 'golang', packages, projects: [{ folder: place.folder, asks }] }
}

function replacement(name: string, other: string, version: string | undefined): Locked {
  if (version !== undefined) return { name: other, version, needs: [] }
  return { name, version: null, because: `replaced by the folder ${other}`, local: 'folder', needs: [] }
}

function* directivesIn(text: string): Generator<{ verb: string; words: string[]; comment: string }> {
  let block: string | null = null
  for (const line of text.split('\n')) {
    const at = line.search(/(?:^|\s)\/\//)
    const content = (at === -1 ? line : line.slice(0, at)).trim()
    const comment = at === -1 ? '' : line.slice(line.indexOf('//', at) + 2).trim()
    if (content === ')') block = null
    else if (block === null && content.endsWith('(')) block = content.slice(0, -1).trim()
    else if (content !== '') {
      const words = content.split(/\s+/).map((word) => word.replace(/^["`]|["`]$/g, ''))
      yield block === null ? { verb: words[0]!, words: words.slice(1), comment } : { verb: block, words, comment }
    }
  }
}

/** The path of the module a `go.mod` names. */
export function modulePath(text: string): string | null {
  for (const { verb, words } of directivesIn(text)) if (verb === 'module' && words[0]) return words[0]
  return null
}

/** Modules a `go.mod` requires whose content `go.sum` holds no sum of: they were never fetched. */
export function unconfirmed(graph: PackageGraph, sum: string): string[] {
  const sums = new Set(
    sum.split('\n').map((line) =>
      line
        .split(' ')
        .slice(0, 2)
        .join(' ')
        .replace(/\/go\.mod$/, ''),
    ),
  )
  return graph.packages.flatMap(({ name, version }) => (version === null || sums.has(`${name} ${version}`) ? [] : [name]))
}
