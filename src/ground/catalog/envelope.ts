import type { Problem } from '../core/index.ts'
import type { EntityKind } from './catalog.ts'
import { type EntityDoc, unstorable } from './document.ts'

const DNS_LABEL = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const OBJECT_NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const KIND = /^[A-Za-z][A-Za-z0-9]*$/
const VERSION = /^[A-Za-z0-9]+$/
const TAG = /^[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*$/
const MAX_BYTES = 5_000_000

/**
 * What every entity has to keep to, whatever its kind: grammar and sizes of apiVersion, kind and metadata.
 * The limits are Backstage's (backstage.io/docs/features/software-catalog/descriptor-format), which are Kubernetes'.
 */
export function checkEnvelope(doc: EntityDoc, kind: Pick<EntityKind, 'looseLabels'> | null = null): Problem[] {
  const place = unstorable(doc)
  if (place)
    return [
      problem(
        'catalog.unstorable',
        place.path,
        `${place.path || 'The document'} ${place.why}, which cannot be kept`,
        'Write it as plain text, number, list or map.',
      ),
    ]
  if (JSON.stringify(doc).length > MAX_BYTES)
    return [problem('catalog.too_large', '', 'The document is larger than 5 MB', 'Move large text out of it and point to it.')]
  return [
    ...checkApiVersion(doc.apiVersion),
    ...checkKind(doc.kind),
    ...checkMetadata(doc.metadata, kind?.looseLabels ?? false),
    ...(isMap(doc.spec) ? [] : [problem('catalog.not_a_map', 'spec', 'spec has to be a map', 'Write the fields of the spec below it.')]),
  ]
}

function checkApiVersion(apiVersion: unknown): Problem[] {
  const [first = '', second, ...rest] = typeof apiVersion === 'string' ? apiVersion.split('/') : []
  const valid = rest.length === 0 && (second === undefined ? fits(first, VERSION, 63) : isSubdomain(first) && fits(second, VERSION, 63))
  return valid
    ? []
    : [
        problem(
          'catalog.bad_api_version',
          'apiVersion',
          `${quote(apiVersion)} cannot be an apiVersion`,
          'Write for example throughline.dev/v1 or backstage.io/v1alpha1.',
        ),
      ]
}

function checkKind(kind: unknown): Problem[] {
  return fits(kind, KIND, 63)
    ? []
    : [
        problem(
          'catalog.bad_kind',
          'kind',
          `${quote(kind)} cannot be a kind`,
          'A kind starts with a letter and has at most 63 letters and digits, for example Component.',
        ),
      ]
}

function checkMetadata(metadata: unknown, looseLabels: boolean): Problem[] {
  if (!isMap(metadata)) return [problem('catalog.not_a_map', 'metadata', 'metadata is missing', 'Write metadata with at least a name.')]
  return [
    ...(fits(metadata.name, OBJECT_NAME, 63)
      ? []
      : [
          problem(
            'catalog.bad_name',
            'metadata.name',
            metadata.name === undefined ? 'The name is missing' : `${quote(metadata.name)} cannot be a name`,
            'A name has 1 to 63 letters, digits, and inner -, _ or .',
          ),
        ]),
    ...(metadata.namespace === undefined || fits(metadata.namespace, DNS_LABEL, 63)
      ? []
      : [
          problem(
            'catalog.bad_namespace',
            'metadata.namespace',
            `${quote(metadata.namespace)} cannot be a namespace`,
            'A namespace has 1 to 63 lower-case letters, digits and single inner dashes.',
          ),
        ]),
    ...['title', 'description'].flatMap((field) => checkText(metadata[field], `metadata.${field}`)),
    ...checkPairs(
      metadata.labels,
      'labels',
      looseLabels ? () => true : (value) => value === '' || fits(value, OBJECT_NAME, 63),
      'A label has at most 63 letters, digits, and inner -, _ or .; longer or freer text belongs into annotations.',
      looseLabels,
    ),
    ...checkPairs(metadata.annotations, 'annotations', () => true, ''),
    ...checkTags(metadata.tags),
    ...checkWebLinks(metadata.links),
  ]
}

function checkText(value: unknown, path: string): Problem[] {
  return value === undefined || typeof value === 'string'
    ? []
    : [problem('catalog.not_text', path, `${path} has to be text`, 'Put it in quotes.')]
}

function checkPairs(
  pairs: unknown,
  field: string,
  validValue: (value: string) => boolean,
  fix: string,
  /** Lists of texts are values too, and nothing at all is none. */
  loose = false,
): Problem[] {
  if (pairs === undefined || (loose && pairs === null)) return []
  const path = `metadata.${field}`
  if (!isMap(pairs))
    return [problem('catalog.not_a_map', path, `${path} has to be a map`, `Write key: value pairs below it, or leave ${field} out.`)]
  return Object.entries(pairs).flatMap(([key, value]) => {
    const [first = '', second, ...rest] = key.split('/')
    const validKey =
      rest.length === 0 && (second === undefined ? fits(first, OBJECT_NAME, 63) : isSubdomain(first) && fits(second, OBJECT_NAME, 63))
    if (!validKey)
      return [
        problem(
          `catalog.bad_${field.slice(0, -1)}`,
          `${path}.${key}`,
          `${quote(key)} cannot be a key of ${field}`,
          'A key is a name of at most 63 letters, digits, and inner -, _ or ., with an optional prefix such as example.com/.',
        ),
      ]
    if (loose && Array.isArray(value) && value.every((one) => typeof one === 'string')) return []
    if (typeof value !== 'string')
      return [problem('catalog.not_text', `${path}.${key}`, `${path}.${key} has to be text`, 'Put the value in quotes.')]
    return validValue(value)
      ? []
      : [problem(`catalog.bad_${field.slice(0, -1)}`, `${path}.${key}`, `${quote(value)} cannot be the value of a label`, fix)]
  })
}

function checkTags(tags: unknown): Problem[] {
  if (tags === undefined) return []
  if (!Array.isArray(tags))
    return [
      problem(
        'catalog.not_a_list',
        'metadata.tags',
        'metadata.tags has to be a list',
        'Write one tag a line with a leading dash, or leave tags out.',
      ),
    ]
  return tags.flatMap((tag, index) =>
    fits(tag, TAG, 63)
      ? []
      : [
          problem(
            'catalog.bad_tag',
            `metadata.tags.${index}`,
            `${quote(tag)} cannot be a tag`,
            'A tag has at most 63 lower-case letters, digits, :, + or #, with single inner dashes.',
          ),
        ],
  )
}

function checkWebLinks(links: unknown): Problem[] {
  if (links === undefined) return []
  if (!Array.isArray(links))
    return [
      problem(
        'catalog.not_a_list',
        'metadata.links',
        'metadata.links has to be a list',
        'Write web addresses there, as - url: https://…; links between entities go into spec.links.',
      ),
    ]
  return links.flatMap((link: unknown, index) => {
    const path = `metadata.links.${index}`
    if (!isMap(link)) return [problem('catalog.not_a_map', path, `${path} has to be a map with a url`, 'Write - url: https://…')]
    const texts = ['title', 'icon', 'type'].flatMap((field) => checkText(link[field], `${path}.${field}`))
    return typeof link.url === 'string' && URL.canParse(link.url)
      ? texts
      : [
          problem(
            'catalog.bad_url',
            `${path}.url`,
            `${quote(link.url)} is not a web address`,
            'Write the whole address, for example https://example.com/page.',
          ),
          ...texts,
        ]
  })
}

function fits(value: unknown, grammar: RegExp, maxLength: number): boolean {
  return typeof value === 'string' && value.length <= maxLength && grammar.test(value)
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => fits(label, DNS_LABEL, 63))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`
}

function problem(code: string, path: string, message: string, fix: string): Problem {
  return { code, severity: 'error', message, fix, ...(path ? { path } : {}) }
}
