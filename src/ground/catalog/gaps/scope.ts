import { sql, type Statement } from '../../store/index.ts'

/**
 * Entities of a namespace, and of the namespaces that belong to it: a repository's decision records live in a
 * namespace of the repository's name.
 */
export function inScope(namespace: string): Statement<boolean> {
  return sql`(entity.namespace = ${namespace} or entity.namespace in (select name from entity where kind = 'repository' and namespace = ${namespace}))`
}
