/** The component a service names, for asking; the server alone decides what a document means. */
export function serviceIn(namespace: string, service: string): string | null {
  const text = service.trim().toLowerCase()
  const match = /^(?:([a-z0-9]+):)?(?:([a-z0-9-]+)\/)?([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)$/.exec(text)
  return match ? `${match[1] ?? 'component'}:${match[2] ?? namespace}/${match[3]}` : null
}
