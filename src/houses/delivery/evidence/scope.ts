import type { SubjectShare } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'

/** One subject in one environment: what rows are derived for, and from which evidence. */
export interface Scope {
  /** Ref of the share. */
  subject: Ref
  environment: string
  /** Subjects whose commits and changes tell of it. */
  code: readonly Ref[]
  /** Subjects whose deployments are its own. */
  deployed: readonly Ref[]
  /** Subjects whose incidents are its own. */
  troubled: readonly Ref[]
  /** The folder it is, when it is one. */
  path: string | null
  /** Folders inside that belong to others. */
  except: readonly string[]
  /** The repository, when the scope is a part of it. */
  repository: Ref | null
}

/**
 * The scopes of shares in an environment. A folder of a repository that has no deployments of its own goes out with
 * the releases of the repository, unless it says that it is deployed by events.
 */
export async function scopesOf(
  store: Store,
  shares: readonly SubjectShare[],
  environment: string,
  asOf: Instant | null = null,
): Promise<Scope[]> {
  const released = shares.filter(
    ({ path, repository, deployments }) => path && repository && deployments.by === 'tags' && !deployments.prefix,
  )
  const apart =
    released.length === 0
      ? new Set<string>()
      : await withDeployments(store, [...new Set(released.flatMap(({ subjects }) => subjects))], environment, asOf)
  return shares.map((share): Scope => {
    const { ref, subjects, repository, path, except } = share
    const part = repository !== undefined && (path !== undefined || (except?.length ?? 0) > 0)
    const together = released.includes(share) && !subjects.some((subject) => apart.has(subject))
    return {
      subject: ref,
      environment,
      code: unique(repository ? [...subjects, repository] : subjects),
      deployed: unique(together ? [...subjects, repository!] : subjects),
      troubled: unique(subjects),
      path: path ?? null,
      except: [...(except ?? [])].sort(),
      repository: part ? repository : null,
    }
  })
}

/** Everything a scope reads evidence of. */
export function inputsOf({ code, deployed, troubled }: Scope): Ref[] {
  return unique([...code, ...deployed, ...troubled])
}

/** One text for all that decides what is derived: another one means deriving anew. */
export function definitionOf(scope: Scope): string {
  return JSON.stringify(scope)
}

async function withDeployments(store: Store, subjects: readonly Ref[], environment: string, asOf: Instant | null): Promise<Set<Ref>> {
  const rows = await store.query<{ subject: Ref }>(sql`
    select distinct subject from evidence_deployment where subject = any(${[...subjects]}::text[]) and lower(environment) = ${environment} and ${knownAt(asOf)}`)
  return new Set(rows.map(({ subject }) => subject))
}

function unique(refs: readonly Ref[]): Ref[] {
  return [...new Set(refs)].sort()
}
