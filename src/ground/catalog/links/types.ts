/** One type of link: kept from → to; the inverse is what it is called when read the other way. */
export interface LinkType {
  type: string
  inverse: string
  /** Not followed by trace: it says how things hang together, not which work serves which intent. */
  sideways?: boolean
}

/** CONTRACTS, links; the catalogue's own are Backstage's well-known relations. */
export const LINK_TYPES: readonly LinkType[] = [
  { type: 'serves', inverse: 'servedBy' },
  { type: 'supports', inverse: 'supportedBy' },
  { type: 'against', inverse: 'opposedBy' },
  { type: 'supersedes', inverse: 'supersededBy' },
  { type: 'affects', inverse: 'affectedBy' },
  { type: 'implements', inverse: 'implementedBy' },
  { type: 'contains', inverse: 'containedIn' },
  { type: 'causedBy', inverse: 'caused' },
  { type: 'fixes', inverse: 'fixedBy' },
  { type: 'measuredBy', inverse: 'measures' },
  { type: 'concerns', inverse: 'concernedBy' },
  { type: 'exceptedFrom', inverse: 'hasException' },
  { type: 'partOf', inverse: 'hasPart' },
  { type: 'ownedBy', inverse: 'ownerOf', sideways: true },
  { type: 'dependsOn', inverse: 'dependencyOf', sideways: true },
  { type: 'excludes', inverse: 'excludedBy', sideways: true },
  { type: 'providesApi', inverse: 'apiProvidedBy', sideways: true },
  { type: 'consumesApi', inverse: 'apiConsumedBy', sideways: true },
  { type: 'memberOf', inverse: 'hasMember', sideways: true },
  { type: 'parentOf', inverse: 'childOf', sideways: true },
]

const byType = new Map(LINK_TYPES.map((type) => [type.type, type]))
const byInverse = new Map(LINK_TYPES.map((type) => [type.inverse, type]))
const byLowerCase = new Map(
  LINK_TYPES.flatMap(
    (type) =>
      [
        [type.type.toLowerCase(), type.type],
        [type.inverse.toLowerCase(), type.inverse],
      ] as const,
  ),
)

/** The type as the table writes it, whatever its case; null when there is none. */
export function knownLinkType(text: string): string | null {
  return byLowerCase.get(text.toLowerCase()) ?? null
}

/** A link in the one direction it is kept in; an unknown type is kept as written. */
export function canonicalLink<L extends { from: string; type: string; to: string }>(link: L): L {
  const turned = byInverse.get(link.type)
  return turned ? { ...link, from: link.to, type: turned.type, to: link.from } : link
}

/** What a link is called when read from its far end; an unknown type gets `Of`. */
export function inverseOf(type: string): string {
  return byType.get(type)?.inverse ?? byInverse.get(type)?.type ?? `${type}Of`
}

export function isSideways(type: string): boolean {
  return byType.get(type)?.sideways ?? false
}
