import { sql, type Statement } from '../../store/index.ts'
import { entityAt } from '../known.ts'
import type { GapScope } from './gap.ts'

/**
 * Entities of a namespace, and of the namespaces that belong to it: a repository's decision records live in a
 * namespace of the repository's name.
 */
export function inScope({ namespace, asOf }: Pick<GapScope, 'namespace' | 'asOf'>): Statement<boolean> {
  return sql`(entity.namespace = ${namespace} or entity.namespace in (select name from ${entityAt(asOf, 'repository')} where kind = 'repository' and repository.namespace = ${namespace}))`
}
