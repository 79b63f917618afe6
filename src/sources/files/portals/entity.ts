import type { EntityDraft, EntityMetadata } from '../../../ground/catalog/index.ts'
import type { Fields } from '../fields.ts'
import { groupOf, isGroupAsWritten, nameOf, tagOf } from './names.ts'
import type { Stated } from './stated.ts'

type Path = readonly (string | number)[]

/** What a document says that no field of ours holds, beside where it says so. Shown on the page of the entity. */
export interface AlsoStated {
  /** The tool or standard. */
  format: string
  file: string
  states: Fields
}

const UNKNOWN = 'unknown'
/** As the kinds allow. */
const MOST_LINKS = 200
const plainName = (name: string): string => nameOf(name)!

/** Gathers an entity from a document: each call reads one part of it and ticks off what was carried over as it stands. */
export class EntityOf {
  readonly #metadata: Omit<EntityMetadata, 'name'> & Required<Pick<EntityMetadata, 'tags' | 'links' | 'annotations'>> = {
    tags: [],
    links: [],
    annotations: {},
  }
  readonly #spec: Fields = {}
  readonly #dependsOn = new Set<string>()
  readonly #further = new Map<string, { type: string; to: string }>()
  readonly #repositories = new Set<string>()
  readonly from: Record<string, string> = {}

  readonly stated: Stated
  readonly about: { title: string; file: string }

  /** @param about the tool, and the file it reads */
  constructor(stated: Stated, about: { title: string; file: string }) {
    this.stated = stated
    this.about = about
  }

  /** A title or description. */
  says(field: 'title' | 'description', ...path: Path): this {
    const text = this.stated.text(...path)
    if (text === undefined) return this
    this.#metadata[field] = text
    this.from[`metadata.${field}`] = path.join('.')
    this.stated.carried(...path)
    return this
  }

  /** A field of the spec that holds text: `type`, `lifecycle`, `tier`, `version`. */
  sets(field: string, path: Path, as: (text: string) => string = (text) => text): this {
    const text = this.stated.text(...path)
    if (text === undefined || this.#spec[field] !== undefined) return this
    this.#spec[field] = as(text)
    this.from[`spec.${field}`] = path.join('.')
    this.stated.carriedAs(as(text), ...path)
    return this
  }

  /**
   * The team that owns it; a further one becomes a link.
   * @param item the map it stands in, when it stands in a list, and the fields of that map a reference says whole
   */
  owner(path: Path, item?: { path: Path; fields: readonly string[] }): this {
    const text = this.stated.text(...path)
    if (text === undefined) return this
    const group = groupOf(text)
    const kept = this.#spec.owner === undefined || this.#spec.owner === group || this.link('ownedBy', group, ...path)
    if (this.#spec.owner === undefined) {
      this.#spec.owner = group
      this.from['spec.owner'] = path.join('.')
    }
    if (kept && isGroupAsWritten(text)) {
      if (item) this.stated.carriedItem(item.fields, ...item.path)
      else this.stated.carried(...path)
    }
    return this
  }

  /** The system it is part of. */
  system(ref: string | undefined, ...path: Path): this {
    if (ref === undefined || this.#spec.system !== undefined) return this
    this.#spec.system = ref
    this.from['spec.system'] = path.join('.')
    if (ref.endsWith(`:default/${this.stated.text(...path)}`)) this.stated.carried(...path)
    return this
  }

  dependsOn(ref: string, ...path: Path): this {
    if (!this.#dependsOn.has(ref)) this.from[`spec.dependsOn.${this.#dependsOn.size}`] = path.join('.')
    this.#dependsOn.add(ref)
    return this
  }

  /** Another relation. False when there are more than an entity may state: then it only stays as written. */
  link(type: string, to: string, ...path: Path): boolean {
    const key = `${type} ${to}`
    if (this.#further.has(key)) return true
    if (this.#further.size >= MOST_LINKS) return false
    this.from[`spec.links.${this.#further.size}.to`] = path.join('.')
    this.#further.set(key, { type, to })
    return true
  }

  annotate(key: string, value: string | undefined, ...path: Path): this {
    if (value === undefined) return this
    this.#metadata.annotations[key] ??= value
    if (path.length > 0 && this.#metadata.annotations[key] === value) this.stated.carriedAs(value, ...path)
    return this
  }

  tags(...path: Path): this {
    for (const { text, path: place } of this.stated.texts(...path)) if (this.tagAs(text)) this.stated.carried(...place)
    return this
  }

  /** Whether the tag says the text letter by letter. */
  tagAs(text: string): boolean {
    const tag = tagOf(text)
    if (tag !== null && !this.#metadata.tags.includes(tag)) this.#metadata.tags.push(tag)
    return tag === text
  }

  /**
   * The web addresses of a list, of which one that leads to a repository says where the source is and one that leads to
   * an on-call service which it is. An address that is none stays in the rest.
   */
  webLinks(list: Path, names: { url: string; title: string; type?: string }, isRepository: (type: string) => boolean = () => false): this {
    for (const { path } of this.stated.maps(...list)) {
      const url = this.stated.text(...path, names.url)
      if (url === undefined || !URL.canParse(url)) continue
      const title = this.stated.text(...path, names.title)
      const type = names.type === undefined ? undefined : this.stated.text(...path, names.type)
      this.webLink({ url, ...(title ? { title } : {}), ...(type ? { type } : {}) })
      this.stated.carriedItem([names.url, names.title, ...(names.type ? [names.type] : [])], ...path)
      if (isRepository(type ?? '')) this.#repositories.add(url)
    }
    return this
  }

  webLink(link: { url: string; title?: string; type?: string }): this {
    const isSame = (other: typeof link) => other.url === link.url && other.title === link.title && other.type === link.type
    if (!this.#metadata.links.some(isSame)) this.#metadata.links.push(link)
    const onCall = /^https?:\/\/[\w.-]+\.pagerduty\.com\/(?:service-directory|services)\/([A-Z0-9]{4,})\/?$/i.exec(link.url)
    return onCall ? this.annotate('pagerduty.com/service-id', onCall[1]!) : this
  }

  /** A field of the spec of any kind, already made. */
  put(field: string, value: unknown): this {
    if (value !== undefined) this.#spec[field] = value
    return this
  }

  /**
   * @param name as the tool names it, which becomes the title where it can be no name here
   * @param required fields that Backstage demands: `unknown` where the document does not state them
   */
  draft(
    kind: string,
    name: string,
    path: Path,
    required: readonly string[] = ['type', 'lifecycle', 'owner'],
    naming = plainName,
  ): EntityDraft {
    const ours = naming(name)
    this.from['metadata.name'] = path.join('.')
    if (ours !== name) this.#metadata.title ??= name
    if (path.length > 0 && (ours === name || this.#metadata.title === name)) this.stated.carried(...path)
    if (this.#metadata.title === ours) delete this.#metadata.title
    // Several repositories are named by their links; which of them holds this is then not certain.
    if (this.#repositories.size === 1) this.annotate('backstage.io/source-location', `url:${[...this.#repositories][0]}`)
    const { tags, links, annotations, ...metadata } = this.#metadata
    const { owner, type, lifecycle, ...spec } = this.#spec
    const states = this.stated.rest()
    const also: AlsoStated[] = Object.keys(states).length > 0 ? [{ format: this.about.title, file: this.about.file, states }] : []
    const value = (field: string, stated: unknown) =>
      stated === undefined ? (required.includes(field) ? { [field]: UNKNOWN } : {}) : { [field]: stated }
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name: ours,
        ...metadata,
        ...(tags.length > 0 ? { tags } : {}),
        ...(links.length > 0 ? { links } : {}),
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      },
      spec: {
        ...value('type', type),
        ...value('lifecycle', lifecycle),
        ...value('owner', owner),
        ...spec,
        ...(this.#dependsOn.size > 0 ? { dependsOn: [...this.#dependsOn] } : {}),
        ...(this.#further.size > 0 ? { links: [...this.#further.values()] } : {}),
        ...(also.length > 0 ? { alsoStated: also } : {}),
      },
      file: this.about.file,
    }
  }
}
