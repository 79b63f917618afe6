import { XMLParser } from 'fast-xml-parser'
import { fieldsOf } from '../entities/manifests.ts'
import { below, folderOf } from './graph.ts'

/** A dependency as a POM writes it, properties not filled in. */
export interface PomDependency {
  group: string
  artifact: string
  version: string | null
  scope: string | null
  type: string | null
}

/** One `pom.xml` as written (maven.apache.org/pom.html). */
export interface Pom {
  path: string
  group: string | null
  artifact: string
  version: string | null
  parent: { group: string; artifact: string; version: string | null; path: string | null } | null
  properties: Map<string, string>
  managed: PomDependency[]
  dependencies: PomDependency[]
}

/** Longer ones are no part of a version, and multiply where they are filled in. */
const LONGEST_PROPERTY = 300

const parser = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'dependency',
})

/** Throws when the text is no XML, or no project. */
export function readPom(path: string, text: string): Pom {
  const project = fieldsOf(fieldsOf(parser.parse(text) as unknown).project)
  const artifact = textOf(project.artifactId)
  if (artifact === null) throw new Error('it names no artifact')
  const parent = fieldsOf(project.parent)
  const [group, name] = [textOf(parent.groupId), textOf(parent.artifactId)]
  return {
    path,
    group: textOf(project.groupId),
    artifact,
    version: textOf(project.version),
    parent: group && name ? { group, artifact: name, version: textOf(parent.version), path: parentPath(path, parent.relativePath) } : null,
    properties: new Map(
      Object.entries(fieldsOf(project.properties)).flatMap(([key, value]) =>
        typeof value === 'string' && value.length <= LONGEST_PROPERTY ? [[key, value.trim()]] : [],
      ),
    ),
    managed: dependenciesIn(fieldsOf(project.dependencyManagement).dependencies),
    dependencies: dependenciesIn(project.dependencies),
  }
}

/** `../pom.xml` unless said; an empty one means that the parent is somewhere else. */
function parentPath(path: string, written: unknown): string | null {
  if (written === '') return null
  const relative = below(folderOf(path), textOf(written) ?? '../pom.xml')
  return relative.endsWith('.xml') ? relative : below(relative, 'pom.xml')
}

function dependenciesIn(value: unknown): PomDependency[] {
  const list = fieldsOf(value).dependency
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown): PomDependency[] => {
    const fields = fieldsOf(entry)
    const [group, artifact] = [textOf(fields.groupId), textOf(fields.artifactId)]
    if (!group || !artifact) return []
    return [{ group, artifact, version: textOf(fields.version), scope: textOf(fields.scope), type: textOf(fields.type) }]
  })
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
