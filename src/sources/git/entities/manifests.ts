import { XMLParser } from 'fast-xml-parser'
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'

/** What a manifest says of the package it stands beside. */
export interface Manifest {
  /** As written: `@acme/web`, `github.com/acme/checkout/v2`. */
  name: string
  description?: string
  /** Beside other packages it only holds them together: a private npm root, a parent POM. */
  holdsOthers?: boolean
}

type Fields = Record<string, unknown>

/** Readers by file name, the more telling first where a folder has several. */
const READERS: readonly { file: RegExp; read: (text: string, path: string) => Manifest | null }[] = [
  {
    file: /^go\.mod$/,
    read: (text) =>
      named(
        /^\s*module\s+"?([^\s"]+)/m
          .exec(text)?.[1]
          ?.replace(/\/v\d+$/, '')
          .split('/')
          .pop(),
      ),
  },
  { file: /^Cargo\.toml$/, read: (text) => fromPackage(fieldsOf(parseToml(text)).package) },
  { file: /^pyproject\.toml$/, read: fromPyproject },
  { file: /^setup\.cfg$/, read: (text) => named(/^\[metadata\][^[]*?^name\s*=\s*(\S+)/ms.exec(text)?.[1]) },
  { file: /^pom\.xml$/, read: fromPom },
  { file: /^settings\.gradle(?:\.kts)?$/, read: (text) => named(/^\s*rootProject\.name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1]) },
  { file: /^composer\.json$/, read: (text) => fromPackage(JSON.parse(text)) },
  { file: /^pubspec\.yaml$/, read: (text) => fromPackage(parseYaml(text, { maxAliasCount: 20 })) },
  { file: /^mix\.exs$/, read: (text) => named(/\bapp:\s*:(\w+)/.exec(text)?.[1]) },
  { file: /^[^/]+\.(?:cs|fs|vb)proj$/, read: (_, path) => named(/([^/]+)\.\w+$/.exec(path)?.[1]) },
  { file: /^package\.json$/, read: fromNpm },
]

export function isManifest(fileName: string): boolean {
  return READERS.some((reader) => reader.file.test(fileName))
}

/** How telling a manifest is beside others in one folder: lower is better. */
export function manifestRank(fileName: string): number {
  return READERS.findIndex((reader) => reader.file.test(fileName))
}

/** Reads a manifest; null when it is not one, is broken, or names nothing. */
export function readManifest(path: string, text: string): Manifest | null {
  const reader = READERS[manifestRank(path.slice(path.lastIndexOf('/') + 1))]
  try {
    return reader?.read(text, path) ?? null
  } catch {
    return null // a broken manifest is its author's affair; the folder then has no name from it
  }
}

function fromNpm(text: string): Manifest | null {
  const fields = fieldsOf(JSON.parse(text))
  const manifest = fromPackage(fields)
  return manifest && fields.private === true ? { ...manifest, holdsOthers: true } : manifest
}

function fromPyproject(text: string): Manifest | null {
  const fields = fieldsOf(parseToml(text))
  return fromPackage(fields.project) ?? fromPackage(fieldsOf(fields.tool).poetry)
}

function fromPom(text: string): Manifest | null {
  const xml: unknown = new XMLParser({ processEntities: false, ignoreAttributes: true }).parse(text)
  const project = fieldsOf(fieldsOf(xml).project)
  const manifest = named(project.artifactId)
  if (!manifest) return null
  return { ...manifest, ...described(project.description), ...(project.packaging === 'pom' ? { holdsOthers: true } : {}) }
}

function fromPackage(value: unknown): Manifest | null {
  const fields = fieldsOf(value)
  const manifest = named(fields.name)
  return manifest && { ...manifest, ...described(fields.description) }
}

function named(name: unknown): Manifest | null {
  return typeof name === 'string' && name.trim() !== '' && name.length <= 300 ? { name: name.trim() } : null
}

function described(text: unknown): { description?: string } {
  return typeof text === 'string' && text.trim() !== '' ? { description: text.trim().slice(0, 500) } : {}
}

/** The fields of an object; none for anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}
