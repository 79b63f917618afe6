import { refNamespace } from '../../../../ground/core/index.ts'
import type { Notice } from '../notice.ts'

/** Where the alerts of a notice are looked after; null where nobody said at which address people reach this installation. */
export function linkTo({ service }: Notice): string | null {
  const url = URL.parse('/reliability/alerts', process.env.THROUGHLINE_URL)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  const namespace = refNamespace(service)
  if (namespace !== 'default') url.searchParams.set('scope', namespace)
  return url.href
}
