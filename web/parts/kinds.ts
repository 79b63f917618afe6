/** What people call the kinds of things and records. */
const KINDS: Record<string, string> = {
  work_item: 'work item',
  product_event: 'product event',
  sli: 'service level sample',
  api: 'API',
  event: 'foreign event',
}

/** "Work item", "API", "Deployment". */
export function kindWords(kind: string): string {
  const words = KINDS[kind] ?? kind.replaceAll('_', ' ')
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
}

/** "work items", "deployments". */
export function kindsWords(kind: string): string {
  return `${KINDS[kind] ?? kind.replaceAll('_', ' ')}s`
}
