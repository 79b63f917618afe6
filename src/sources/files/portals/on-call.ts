import { isMap } from '../fields.ts'
import type { EntityOf } from './entity.ts'
import type { Stated } from './stated.ts'

/** On-call services by their address; version 2 writes it where later ones have a map. */
export function onCall(stated: Stated, entity: EntityOf, tools: readonly string[], field: string): void {
  if (!stated.map('integrations')) return
  for (const tool of tools) {
    const value = stated.at('integrations', tool)
    const path = ['integrations', tool, ...(isMap(value) ? [field] : [])]
    const url = stated.text(...path)
    if (url === undefined || !URL.canParse(url)) continue
    entity.webLink({ url, title: tool === 'pagerduty' ? 'PagerDuty' : 'Opsgenie', type: 'on-call' })
    if (isMap(value)) stated.carriedItem([field], 'integrations', tool)
    else stated.carried(...path)
  }
}
