/**
 * Whether a YAML text may hold entities. Repositories are full of other YAML with `apiVersion` and `kind` (Kubernetes,
 * Helm templates that are not even YAML before they are filled in): those are passed over without being parsed.
 */
export function mayHoldEntities(path: string, text: string): boolean {
  return isDescriptor(path) || OURS.test(text) || (FORGOTTEN.test(text) && /^spec\s*:/m.test(text) && !/apiVersion/.test(text))
}

/** `catalog-info.yaml` and its like: always read, whatever they hold. */
export function isDescriptor(path: string): boolean {
  return /(?:^|\/)catalog-info[^/]*\.ya?ml$/i.test(path)
}

/** The API groups of Backstage, OpenSLO and Throughline, with subdomains and with slips of the pen after the name. */
export function isOurVersion(apiVersion: string): boolean {
  return /^(?:[\w-]+\.)*(?:throughline|backstage|openslo)(?:[.\w-]*)(?:\/|$)/i.test(apiVersion)
}

const OURS = /apiVersion["']?\s*:\s*["']?(?:[\w-]+\.)*(?:throughline|backstage|openslo)\b/i
/** A document of an entity's shape whose apiVersion was forgotten. */
const FORGOTTEN = /^kind\s*:[\s\S]*^metadata\s*:|^metadata\s*:[\s\S]*^kind\s*:/m
