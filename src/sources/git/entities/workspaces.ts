import { XMLParser } from 'fast-xml-parser'
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { fits, readPattern } from '../files/glob.ts'
import { fieldsOf } from './manifests.ts'

/** Files at the root that list the members of a monorepo. */
const READERS: Readonly<Record<string, (text: string) => unknown[]>> = {
  'package.json': (text) => {
    const { workspaces } = fieldsOf(JSON.parse(text))
    return listOf(Array.isArray(workspaces) ? workspaces : fieldsOf(workspaces).packages)
  },
  'pnpm-workspace.yaml': (text) => listOf(fieldsOf(parseYaml(text, { maxAliasCount: 20 })).packages),
  'lerna.json': (text) => listOf(fieldsOf(JSON.parse(text)).packages),
  'Cargo.toml': (text) => {
    const workspace = fieldsOf(fieldsOf(parseToml(text)).workspace)
    return [...listOf(workspace.members), ...listOf(workspace.exclude).map((member) => `!${String(member)}`)]
  },
  'go.work': (text) => [...text.matchAll(/^\s*(?:use\s+)?(\.[^\s()]*)\s*$/gm)].map((match) => match[1]),
  'pyproject.toml': (text) => listOf(fieldsOf(fieldsOf(fieldsOf(fieldsOf(parseToml(text)).tool).uv).workspace).members),
  'pom.xml': (text) => {
    const xml: unknown = new XMLParser({ processEntities: false }).parse(text)
    const { module } = fieldsOf(fieldsOf(fieldsOf(xml).project).modules)
    return Array.isArray(module) ? module : listOf([module])
  },
}

export const WORKSPACE_FILES: readonly string[] = Object.keys(READERS)

/**
 * Which folders the root declares to be members of the monorepo; null when it declares none.
 * @param textOf the text of a file at the root, when there is one
 */
export function workspaceMembers(textOf: (file: string) => string | undefined): ((folder: string) => boolean) | null {
  const written = WORKSPACE_FILES.flatMap((file) => {
    const text = textOf(file)
    if (text === undefined) return []
    try {
      return READERS[file]!(text).filter((member): member is string => typeof member === 'string' && member !== '')
    } catch {
      return [] // a broken list lists nobody
    }
  })
  const plain = written.map((member) => member.replace(/^(!?)\.\//, '$1')).filter((member) => member !== '.' && member !== '')
  if (plain.length === 0) return null
  const members = plain
    .filter((member) => !member.startsWith('!'))
    .slice(0, 1_000)
    .map(readPattern)
  const others = plain.filter((member) => member.startsWith('!')).map((member) => readPattern(member.slice(1)))
  return (folder) => {
    const segments = folder.split('/')
    return members.some((pattern) => fits(pattern, segments)) && !others.some((pattern) => fits(pattern, segments))
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
