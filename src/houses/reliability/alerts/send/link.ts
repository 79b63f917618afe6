import { type Ref, refNamespace } from '../../../../ground/core/index.ts'

/** Where the alerts of a service are looked after; null where nobody said at which address people reach this installation. */
export function alertsPage(service: Ref): string | null {
  return page('/reliability/alerts', { scope: refNamespace(service) })
}

/** Where all measures of a namespace are, and what changed lately. */
export function measuresPage(scope: string): string | null {
  return page('/measures', { scope })
}

/** Where one measure is shown over time. */
export function measurePage(measure: string, subject: Ref, scope: string): string | null {
  return page(`/measures/${encodeURIComponent(measure)}`, { scope, ...(subject.startsWith('namespace:') ? {} : { subject }) })
}

function page(path: string, { scope, ...search }: { scope: string; subject?: Ref }): string | null {
  const url = URL.parse(path, process.env.THROUGHLINE_URL)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  for (const [name, value] of Object.entries({ ...(scope === 'default' ? {} : { scope }), ...search })) url.searchParams.set(name, value)
  return url.href
}
