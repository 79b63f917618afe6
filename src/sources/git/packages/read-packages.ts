import type { PackageFile, ToldPackages } from '../../../ground/catalog/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import { folderStandsAside } from '../entities/components.ts'
import { readFiles } from '../repository/objects.ts'
import type { Isolated } from '../repository/isolate.ts'
import type { TreeFile } from '../repository/tree.ts'
import { formatOf, UNREAD_LOCKS } from './formats.ts'
import { unconfirmed } from './go-mod.ts'
import { below, folderOf, type PackageGraph, type Place } from './graph.ts'
import { Poms } from './maven.ts'
import { publicationsOf } from './publications.ts'
import { usesOf } from './uses.ts'

/** What the tree tells of packages, with what was passed over, for the notes of the scan. */
export interface FoundPackages extends ToldPackages {
  passedOver: PassedOver
}

export interface PassedOver {
  /** Files nothing could be read from, and why. */
  unread: { file: string; because: string }[]
  /** Files beyond the number that is read. */
  notLooked: number
  /** Lock files in formats that are not read here. */
  unknown: string[]
  /** Entries whose name or version nothing can have. */
  unfit: number
  /** Lock files with too many members to follow what each needs. */
  unfollowed: string[]
  /** Modules a `go.mod` requires that `go.sum` holds no sum of. */
  unconfirmed: number
}

const MEGABYTE = 1024 * 1024
/** The largest lock files known are about 10 MB. */
const LARGEST = 20 * MEGABYTE
const ALTOGETHER = 60 * MEGABYTE
const TOO_LARGE = `it is larger than ${LARGEST / MEGABYTE} MB, or all of them together are larger than ${ALTOGETHER / MEGABYTE} MB`
const MOST_FILES = 2_000

/** Whether a file may tell of packages; those of tests, examples and documentation say nothing about what is built. */
export function mayTellPackages(path: string): boolean {
  return path.split('/').length <= 8 && (formatOf(path) !== null || isBeside(path))
}

function isBeside(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name === 'go.sum' || UNREAD_LOCKS.test(name)
}

interface Surroundings {
  repository: Ref
  components: readonly { ref: Ref; path: string | null }[]
  /** Manifests that were read already, by path. */
  texts: ReadonlyMap<string, string>
}

/** Reads the lock files and manifests of a tree. What is wrong with one costs that one. */
export async function readPackages(objects: Isolated, files: readonly TreeFile[], around: Surroundings): Promise<FoundPackages> {
  const ownerOf = ownersBy(around)
  const counted = files.filter(({ path }) => ownerOf(folderOf(path)) !== null)
  const told = counted.filter(({ path }) => formatOf(path) !== null)
  const looked = told.slice(0, MOST_FILES)
  const sums = counted.filter(({ path }) => path.endsWith('go.sum'))
  const missing = [...looked, ...sums].filter(({ path }) => !around.texts.has(path))
  const texts = new Map([...around.texts, ...(await readFiles(objects, missing, { largest: LARGEST, altogether: ALTOGETHER }))])
  const found = packagesIn(
    looked.map(({ path }) => path),
    texts,
    around,
  )
  found.passedOver.notLooked = told.length - looked.length
  found.passedOver.unknown = counted.flatMap(({ path }) => (UNREAD_LOCKS.test(path.slice(path.lastIndexOf('/') + 1)) ? [path] : []))
  return found
}

/** The same from texts; what is not among them was too large to read, or is missing. */
export function packagesIn(paths: readonly string[], texts: ReadonlyMap<string, string>, around: Surroundings): FoundPackages {
  const ownerOf = ownersBy(around)
  const whole = (folder: string) => ownerOf(folder) ?? around.components.find(({ path }) => path === null)?.ref ?? around.repository
  const poms = new Poms([...texts].filter(([path]) => formatOf(path)?.ecosystem === 'maven'))
  const textOf = (path: string) => texts.get(path)
  const folders = foldersIn(texts)
  const passedOver: PassedOver = { unread: [], notLooked: 0, unknown: [], unfit: 0, unfollowed: [], unconfirmed: 0 }
  const allAt = (folder: string) => [
    ...new Set([whole(folder), ...around.components.flatMap(({ ref, path }) => (isBelow(path ?? '', folder) ? [ref] : []))]),
  ]
  const locked = new Set<string>()
  const found: PackageFile[] = []
  for (const path of lockFilesFirst(paths)) {
    const format = formatOf(path)!
    const { ecosystem } = format
    const folder = folderOf(path)
    if (format.role === 'manifest' && locked.has(`${ecosystem} ${folder}`)) continue
    const place: Place = { path, folder, textOf, foldersWith: (manifest) => folders(folder, manifest) }
    const text = texts.get(path)
    try {
      if (text === undefined) throw new Error(TOO_LARGE)
      const graph = format.read(text, place, poms)
      if (format.role === 'lock') for (const project of graph.projects) locked.add(`${ecosystem} ${project.folder}`)
      if (format.role === 'manifest' && graph.packages.length === 0) continue // says no more than that there is a package
      found.push(fileOf(path, graph, whole, passedOver))
      const sum = ecosystem === 'golang' ? texts.get(below(folder, 'go.sum')) : undefined
      if (sum !== undefined) passedOver.unconfirmed += unconfirmed(graph, sum).length
    } catch (error) {
      const because = firstLine(error)
      passedOver.unread.push({ file: path, because })
      found.push({ file: path, ecosystem, components: allAt(folder), uses: [], unread: because })
    }
  }
  return { files: found, publications: publicationsOf(around.components, textOf, poms), passedOver }
}

function fileOf(path: string, graph: PackageGraph, ownerOf: (folder: string) => Ref, passedOver: PassedOver): PackageFile {
  const { uses, components, unfit, unfollowed } = usesOf(graph, ownerOf, ownerOf(folderOf(path)))
  passedOver.unfit += unfit
  if (unfollowed) passedOver.unfollowed.push(path)
  return { file: path, ecosystem: graph.ecosystem, components, uses }
}

/** Lock files before the manifests they stand for. */
function lockFilesFirst(paths: readonly string[]): string[] {
  const rank = (path: string) => ['lock', 'list', 'manifest'].indexOf(formatOf(path)!.role)
  return [...paths].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

/**
 * Whose a folder is: the component whose own folder is nearest above it. Null for a folder of tests, examples,
 * documentation or tools inside a component: what lies there is not what the component is built of.
 */
function ownersBy({ components, repository }: Surroundings): (folder: string) => Ref | null {
  const byFolder = new Map(components.toReversed().map(({ ref, path }) => [path ?? '', ref]))
  return (folder) => {
    for (let at = folder; ; at = folderOf(at)) {
      const owner = byFolder.get(at) ?? (at === '' ? repository : undefined)
      if (owner !== undefined) return folderStandsAside(at === '' ? folder : folder.slice(at.length + 1)) ? null : owner
    }
  }
}

/** Folders at or below one that hold a manifest of a name, shallow ones first. */
function foldersIn(texts: ReadonlyMap<string, string>): (folder: string, manifest: string) => string[] {
  const byName = new Map<string, string[]>()
  for (const path of texts.keys()) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    byName.set(name, byName.get(name) ?? [])
    byName.get(name)!.push(folderOf(path))
  }
  return (folder, manifest) =>
    (byName.get(manifest) ?? [])
      .filter((one) => isBelow(one, folder))
      .sort((one, other) => one.split('/').length - other.split('/').length || (one < other ? -1 : 1))
}

function isBelow(one: string, folder: string): boolean {
  return folder === '' || one === folder || one.startsWith(`${folder}/`)
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  // eslint-disable-next-line no-control-regex
  return (
    text
      .split('\n')[0]!
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .toWellFormed()
      .slice(0, 200) || 'it could not be read'
  )
}
