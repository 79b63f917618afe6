import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { type Fields, isMap } from '../fields.ts'
import { slugOf } from '../slug.ts'
import { EntityOf } from './entity.ts'
import type { Declared } from './portal.ts'
import type { Stated } from './stated.ts'

/** Operations or channels an entity lists; the definition itself has them all. */
const SHOWN = 200
const LONGEST_LINE = 200
const LONGEST_DESCRIPTION = 1_000
/** Characters of one further field that are copied; what is longer stays in the definition, which the entity points to. */
const KEPT_CHARACTERS = 20_000

/** Titles that generators and templates leave behind: the folder says more. */
const GENERIC =
  /^(?:(?:rest |http |web |my |the |sample |swagger |openapi |open )*(?:api|apis|openapi|swagger|asyncapi|fastapi)(?: (?:documentation|docs|definition|spec|specification|reference|server|v?[\d.]+))*)$/i
const PLAIN_FOLDER =
  /^(?:apis?|docs?|openapi|swagger|asyncapi|specs?|specification|src|main|resources|static|public|schemas?|definitions?|v?\d[\d.]*|\.)$/i

/** What an API definition of any standard is made into. */
export interface Definition {
  /** Of the entity: `openapi`, `asyncapi`. */
  type: string
  /** Standard and version: `OpenAPI 3.1.0`. */
  format: string
  /** Root fields that make up the definition: what it holds of them is listed and counted, not copied. */
  body: readonly string[]
  operations: readonly string[]
  counts: Readonly<Record<string, number>>
}

/** An API as its definition tells of it: title, version, a list of its operations, and where the definition is. */
export function apiOf(stated: Stated, file: string, { type, format, body, operations, counts }: Definition): Declared[] {
  const entity = new EntityOf(stated, { title: format, file })
  const title = stated.text('info', 'title')
  const description = stated.text('info', 'description')
  entity.says('title', 'info', 'title')
  if (description !== undefined && description.length <= LONGEST_DESCRIPTION) entity.says('description', 'info', 'description')
  else entity.says('description', 'info', 'summary')
  entity.sets('version', ['info', 'version'])
  if (isMap(stated.value.externalDocs)) {
    const url = stated.text('externalDocs', 'url')
    if (url !== undefined && URL.canParse(url))
      entity.webLink({ url, title: stated.text('externalDocs', 'description') ?? 'Documentation' })
  }
  for (const field of body) stated.carried(field)
  for (const [field, value] of Object.entries(stated.value)) if (isLong(value)) stated.carried(field)
  entity
    .put('type', type)
    .put('definition', { file, format })
    .put('counts', counts)
    .put(
      'operations',
      operations.slice(0, SHOWN).map((line) => shortened(line)),
    )
  const draft = entity.draft('API', nameOf(title, stated.text('info', 'version'), file), [])
  return [{ draft: titled(draft, title), from: { ...entity.from, 'metadata.name': 'info.title' } }]
}

/** The title stays as written, also where it is the name. */
function titled(draft: EntityDraft, title: string | undefined): EntityDraft {
  return title === undefined ? draft : { ...draft, metadata: { ...draft.metadata, title } }
}

/** By its title, and by its major version from the second on, so that versions side by side stay apart. */
function nameOf(title: string | undefined, version: string | undefined, file: string): string {
  const folders = file.split('/')
  const base = folders.pop()!.replace(/\.(?:ya?ml|json)$/i, '')
  const place = [...folders, base].findLast((part) => !PLAIN_FOLDER.test(part.replace(/\.(?:openapi|swagger|asyncapi)$/i, ''))) ?? base
  const words = title === undefined || GENERIC.test(title.trim()) ? place : title
  const major = Number(/^v?(\d{1,3})(?:\.|$)/i.exec(version ?? '')?.[1] ?? 0)
  return slugOf(major >= 2 && !new RegExp(`v?${major}$`, 'i').test(words.trim()) ? `${words} v${major}` : words)
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function isLong(value: unknown): boolean {
  return typeof value === 'object' && JSON.stringify(value).length > KEPT_CHARACTERS
}

/** How many entries a map has, wherever a definition should have one. */
export function countOf(value: unknown): number {
  return isMap(value) ? Object.keys(value).length : 0
}

/** The map at a field, or an empty one. */
export function mapAt(value: unknown, field: string): Fields {
  return isMap(value) && isMap(value[field]) ? value[field] : {}
}
