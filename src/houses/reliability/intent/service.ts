import { type Ref, toRef } from '../../../ground/core/index.ts'

/**
 * A service as a reference can name it. OpenSLO asks nothing of the text: "Web shop" is read as `web-shop`.
 */
export function serviceText(service: string): string {
  if (toRef(service, { kind: 'component' }).ok) return service
  return service
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-._]+|[-._]+$/g, '')
    .slice(0, 63)
}

/** The component a service stands for: `component:<namespace>/<service>` unless it is a reference itself; null when nothing can be called that. */
export function serviceRef(service: string, namespace: string): Ref | null {
  const read = toRef(serviceText(service), { kind: 'component', namespace })
  return read.ok ? read.value : null
}
