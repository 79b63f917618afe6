/** A ref as people type it: `checkout` is in the namespace, `example/checkout` names its own, `component:example/checkout` is whole. */
export function refNamed(kind: string, name: string, namespace: string): string {
  if (name.includes(':')) return name
  return name.includes('/') ? `${kind}:${name}` : `${kind}:${namespace}/${name}`
}
