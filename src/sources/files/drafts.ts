import type { EntityDraft, EntityMetadata } from '../../ground/catalog/index.ts'
import type { Problem } from '../../ground/core/index.ts'
import { describe, isMap } from './fields.ts'
import { placeIn } from './yaml/place.ts'
import type { YamlDocument } from './yaml/read.ts'

/** What became of one document: an entity, nothing of ours, or problems only. */
export type Drafted = { draft: EntityDraft; problems: Problem[] } | { draft: null; ours: boolean; problems: Problem[] }

const KNOWN = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'relations', 'status'])
/** Signs of a template engine: this is a skeleton that becomes a descriptor only when it is filled in. */
const FILL_IN = /\$?\{\{|\{%/

/**
 * Makes an entity of one document. Only its outer shape is checked here; names, limits and the schema of the kind belong
 * to the catalog. `relations` and `status`, which exports carry, are computed and therefore not read.
 */
export function draftOf(document: YamlDocument, file: string): Drafted {
  const place = (path: string) => ({ file, path, ...placeIn(document, path) })
  const here = document.problems.map((problem) => ({ ...problem, file }))
  if (document.value === undefined) {
    const skeleton = FILL_IN.test(document.chunk.text) && !/^kind:\s*["']?Template\b/m.test(document.chunk.text)
    return { draft: null, ours: true, problems: skeleton ? [skeletonAt({ file, ...document.start })] : here }
  }
  const refused = (code: string, message: string, fix: string, path: string): Drafted => ({
    draft: null,
    ours: true,
    problems: [...here, { code, severity: 'error', message, fix, ...place(path) }],
  })
  if (!isMap(document.value))
    return refused(
      'files.not_a_map',
      `This document is ${describe(document.value)}, not an entity`,
      'Write apiVersion, kind, metadata and spec.',
      '',
    )
  const { apiVersion, kind, metadata, spec = {} } = document.value
  if (apiVersion === undefined)
    return refused(
      'files.no_api_version',
      'apiVersion is missing',
      'Write apiVersion: throughline.dev/v1, or backstage.io/v1alpha1 for the kinds of Backstage.',
      '',
    )
  if (typeof apiVersion !== 'string') return refused('files.not_text', 'apiVersion has to be text', 'Put it in quotes.', 'apiVersion')
  if (typeof kind !== 'string')
    return refused(
      'files.no_kind',
      kind === undefined ? 'kind is missing' : 'kind has to be text',
      'Write for example kind: Component.',
      kind === undefined ? '' : 'kind',
    )
  if (!isMetadata(metadata)) {
    if (isMap(metadata) && isMap(metadata.name)) return { draft: null, ours: true, problems: [skeletonAt(place('metadata.name'))] }
    return refused(
      'files.no_name',
      isMap(metadata) && metadata.name !== undefined ? 'metadata.name has to be text' : 'metadata.name is missing',
      'Write metadata with a name; put it in quotes when it looks like a number.',
      isMap(metadata) ? 'metadata.name' : 'metadata',
    )
  }
  if (FILL_IN.test(`${metadata.name} ${kind} ${String(metadata.namespace)}`))
    return { draft: null, ours: true, problems: [...here, skeletonAt(place('metadata.name'))] }
  if (!isMap(spec))
    return refused('files.not_a_map', `spec is ${describe(spec)}, not a map`, 'Write the fields of the spec below it.', 'spec')
  const misplaced = Object.keys(document.value).filter((key) => !KNOWN.has(key))
  for (const key of misplaced)
    here.push({
      code: 'files.misplaced',
      severity: 'warning',
      message: `"${key.slice(0, 60)}" stands beside spec, where nothing reads it`,
      fix: `Move it below spec, or remove it.`,
      ...place(key),
    })
  return { draft: { apiVersion, kind, metadata, spec, file, line: document.start.line }, problems: here }
}

/** Whether a text is a template that has yet to be filled in. */
export function isSkeleton(text: string): boolean {
  return FILL_IN.test(text)
}

export function skeletonAt(place: Partial<Problem>): Problem {
  return {
    code: 'files.skeleton',
    severity: 'warning',
    message: 'This is a template to be filled in, not an entity; it was passed over',
    fix: 'Nothing to do, unless the {{ }} was left in by mistake.',
    ...place,
  }
}

function isMetadata(value: unknown): value is EntityMetadata {
  return isMap(value) && typeof value.name === 'string'
}
