import { createHash } from 'node:crypto'

const LONGEST = 63

/**
 * The nearest name a reference can carry: small letters, digits, inner `-`, `_` and `.`; a scope is joined by a dash
 * (`@acme/web` → `acme-web`); a longer name is cut and told apart by a hash. Null when no letter or digit is left.
 */
export function referenceName(text: string): string | null {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
  if (plain === '') return null
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 9).replace(/[^a-z0-9]+$/, '')}-${hashOf(text)}`
}

/** Name of a repository from where it lies: its folder, or the one above when the folder is called `repo` and the like. */
export function folderName({ folders }: { folders: readonly string[] }): string {
  const [own = '', above = ''] = folders.map(referenceNameOrHash)
  return GENERIC.has(own) ? above : own
}

function referenceNameOrHash(folder: string): string {
  return referenceName(folder) ?? `repository-${hashOf(folder)}`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** Names that tools and templates leave behind; they name nothing. */
const GENERIC = new Set(
  `
    app application example main monorepo my-app my-project name package parent project repo repository root source src
    undefined unnamed workspace workspaces
  `
    .trim()
    .split(/\s+/),
)

/**
 * A name for a whole repository from the name of its manifest: a scope stands for its generic package
 * (`@acme/monorepo` → `acme`). Null when nothing is left that names it.
 */
export function repositoryName(written: string): string | null {
  const scoped = /^@([^/]+)\/(.+)$/.exec(written)
  const own = referenceName(scoped ? scoped[2]! : written)
  if (own && GENERIC.has(own)) return scoped ? repositoryName(scoped[1]!) : null
  return referenceName(written)
}
