import { type Finding, isStated, refused, strictly } from './finding.ts'

/** RFC 1123, a DNS label; lengths are counted apart. */
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const MOST_NAME = 63
const MOST_DESCRIPTION = 1050
/** OpenSLO, metadata.labels: a name without a prefix. */
const LABEL_KEY = /^[a-zA-Z0-9](?:[-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/
const ANNOTATION_KEY =
  /^(?:(?=.{1,253}\/)[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*\/)?[a-zA-Z0-9](?:[-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/

/** A name, or a reference by name. */
export function nameFindings(name: string | null | undefined, path: string): Finding[] {
  if (!isStated(name) || (DNS_LABEL.test(name) && name.length <= MOST_NAME)) return []
  return [
    strictly(
      'name_dns_label',
      path,
      `"${name.slice(0, 80)}" is not a DNS label, as go-sdk asks of names`,
      'Use 1 to 63 lower-case letters, digits and inner dashes.',
    ),
  ]
}

export function descriptionFindings(description: string | null | undefined, path: string): Finding[] {
  if (!isStated(description) || [...description].length <= MOST_DESCRIPTION) return []
  return [
    refused(
      'description_length',
      path,
      `The description has ${[...description].length} characters; ${MOST_DESCRIPTION} are allowed`,
      'Shorten it.',
    ),
  ]
}

/** Metadata of a document, its own or of one that stands inside another. */
export function metadataFindings(metadata: Record<string, unknown>, path: string): Finding[] {
  const { name, displayName, labels, annotations } = metadata
  return [
    ...nameFindings(typeof name === 'string' ? name : undefined, `${path}.name`),
    ...(typeof displayName === 'string' && [...displayName].length > MOST_NAME
      ? [
          strictly(
            'display_name_length',
            `${path}.displayName`,
            `The displayName has ${[...displayName].length} characters; go-sdk takes ${MOST_NAME}`,
            'Shorten it.',
          ),
        ]
      : []),
    ...keysOf(labels)
      .filter((key) => !LABEL_KEY.test(key))
      .map((key) =>
        strictly(
          'label_key',
          `${path}.labels.${key}`,
          `"${key.slice(0, 80)}" cannot be the key of a label`,
          'A key has at most 63 letters, digits, and inner -, _ or ., without a prefix.',
        ),
      ),
    ...keysOf(annotations)
      .filter((key) => !ANNOTATION_KEY.test(key))
      .map((key) =>
        strictly(
          'annotation_key',
          `${path}.annotations.${key}`,
          `"${key.slice(0, 80)}" cannot be the key of an annotation`,
          'Write a name, or a domain and a name: example.org/key.',
        ),
      ),
  ]
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
