import { decoded } from '../subject.ts'

/** Package types whose version is a commit (package-url/purl-spec, "known purl types"). */
const VERSIONED_BY_COMMIT = /^pkg:(?:github|bitbucket|gitlab|git)\//
const SHA = /^[0-9a-f]{7,64}$/i
const STATED_AS = ['commit', 'commitSha', 'sha', 'gitCommit', 'revision']

/**
 * The commit an artifact was built from: as custom data states it, as the package URL names it (qualifier `vcs_url` or
 * `commit`, or its version where that is a commit).
 */
export function commitOf(artifact: string | undefined, customData: Readonly<Record<string, unknown>>): string | null {
  for (const name of STATED_AS) {
    const stated = customData[name]
    if (typeof stated === 'string' && SHA.test(stated)) return stated
  }
  if (!artifact) return null
  const qualifiers = new URLSearchParams(/\?([^#]*)/.exec(artifact)?.[1] ?? '')
  const named = qualifiers.get('commit') ?? /@([^@#]+)/.exec(qualifiers.get('vcs_url') ?? '')?.[1]
  if (named && SHA.test(named)) return named
  const version = versionOf(artifact)
  return VERSIONED_BY_COMMIT.test(artifact) && SHA.test(version) ? version : null
}

/** The digest that names an artifact by its content, hexadecimal; null when it is not named so. */
export function digestOf(artifact: string | undefined): string | null {
  return /^sha(?:256|384|512):([0-9a-f]{64})/i.exec(artifact ? versionOf(artifact) : '')?.[1] ?? null
}

function versionOf(artifact: string): string {
  return decoded(/@([^?#]*)/.exec(artifact)?.[1] ?? '')
}
