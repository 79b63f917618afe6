import type { Problem } from '../../../ground/core/index.ts'
import { isSkeleton, skeletonAt } from '../drafts.ts'
import { isMap } from '../fields.ts'
import type { ReadDocument } from '../visit.ts'
import { placeOf } from '../yaml/place.ts'
import type { YamlDocument } from '../yaml/read.ts'
import type { Declared, Portal } from './portal.ts'
import { Stated } from './stated.ts'

/** What a document of another tool gives. */
export interface PortalRead {
  documents: ReadDocument[]
  problems: Problem[]
}

/** Reads a document that one of these tools may have been meant to read. Null when it is of no shape they document. */
export function readPortal(yaml: YamlDocument, portals: readonly Portal[], file: string): PortalRead | null {
  const start = { file, ...yaml.start }
  const [likely] = portals
  if (!likely) return null
  if (yaml.value === undefined) {
    if (isSkeleton(yaml.chunk.text)) return { documents: [], problems: [skeletonAt(start)] }
    return refused(yaml, likely, file, yaml.problems)
  }
  const { value } = yaml
  const portal = isMap(value) ? portals.find(({ fits }) => fits(value)) : undefined
  if (!portal || !isMap(value)) return null
  const stated = new Stated(value)
  const declared = portal.read(stated, file)
  const problems = [...yaml.problems, ...stated.problems.map((problem) => ({ ...problem, ...placeOf(yaml.chunk, problem.path) }))]
  if (declared.some(({ draft: { metadata } }) => isSkeleton(`${metadata.name} ${metadata.title ?? ''}`)))
    return { documents: [], problems: [skeletonAt(start)] }
  if (declared.length === 0) return refused(yaml, portal, file, problems)
  return {
    documents: declared.map((one) => documentOf(one, portal, yaml, file)),
    problems: problems.map((problem) => said(problem, portal, file)),
  }
}

function documentOf({ draft, from, id, dependsOnIds = [] }: Declared, portal: Portal, yaml: YamlDocument, file: string): ReadDocument {
  return {
    file,
    draft: { ...draft, file, line: yaml.start.line },
    refused: false,
    place: (path) => placeOf(yaml.chunk, sourcePath(path, from)),
    portal: { title: portal.title, definition: portal.definition === true, whole: yaml.value as Record<string, unknown>, id, dependsOnIds },
  }
}

/** Where in its file a part of the draft was written. */
function sourcePath(path: string, from: Declared['from']): string {
  const kept = /^spec\.alsoStated\.\d+\.states\.?(.*)$/.exec(path)
  return kept ? kept[1]! : (from[path] ?? '')
}

function refused(yaml: YamlDocument, portal: Portal, file: string, problems: readonly Problem[]): PortalRead {
  const place = (path: string) => placeOf(yaml.chunk, path)
  return {
    documents: portal.definition ? [] : [{ file, draft: null, refused: true, place }],
    problems: problems.map((problem) => said(problem, portal, file)),
  }
}

/** Nobody wrote a definition for a catalogue: that it cannot be read is worth a word, and no reason to stop. */
function said(problem: Problem, { definition }: Portal, file: string): Problem {
  return { ...problem, file, severity: definition ? 'warning' : problem.severity }
}
