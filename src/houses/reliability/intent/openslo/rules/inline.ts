import { type Finding, isStated, refused, strictly } from './finding.ts'
import { metadataFindings } from './names.ts'

/** Kind and metadata of a document that stands inside another. */
export function inlineFindings(
  kind: string | null | undefined,
  metadata: Record<string, unknown> | null | undefined,
  expected: string,
  path: string,
): Finding[] {
  return [
    ...(isStated(kind)
      ? kind === expected
        ? []
        : [
            refused(
              'inline_kind',
              `${path}.kind`,
              `A document of kind ${kind} stands where ${expected} belongs`,
              `Write kind: ${expected}.`,
            ),
          ]
      : [strictly('inline_kind', path, 'The kind of the document that is written out here is missing', `Write kind: ${expected}.`)]),
    ...(isStated(metadata)
      ? metadataFindings(metadata, `${path}.metadata`)
      : [strictly('inline_metadata', path, 'The document that is written out here has no name', 'Add metadata with a name.')]),
  ]
}
