import { readEntity } from './datadog-entity.ts'
import { EntityOf } from './entity.ts'
import { refOf } from './names.ts'
import { onCall } from './on-call.ts'
import { type Declared, fieldSign, type Portal } from './portal.ts'
import type { Stated } from './stated.ts'

const title = 'Datadog'
const isRepository = (type: string) => type.toLowerCase() === 'repo'

/** Datadog, `service.datadog.yaml`: services in versions 2, 2.1 and 2.2 of its schema, entities of any kind in version 3. */
export const datadog: Portal = {
  title,
  files: /^[^/]*\.datadog\.ya?ml$|^datadog\.ya?ml$/i,
  sign: fieldSign(['schema-version', 'dd-service', 'apiVersion']),
  fits: (document) =>
    document['schema-version'] !== undefined ||
    document['dd-service'] !== undefined ||
    (document.apiVersion === 'v3' && document.kind !== 'scorecard-rule'),
  read(stated, file): Declared[] {
    const entity = new EntityOf(stated, { title, file })
    return stated.value.apiVersion === 'v3' ? readEntity(stated, entity) : readService(stated, entity)
  },
}

function readService(stated: Stated, entity: EntityOf): Declared[] {
  const name = stated.name('dd-service')
  if (name === undefined) return []
  entity
    .says('description', 'description')
    .sets('type', ['type'])
    .sets('lifecycle', ['lifecycle'])
    .sets('tier', ['tier'])
    .owner(['team'])
    .owner(['dd-team'])
    .tags('tags')
    .webLinks(['links'], { url: 'url', title: 'name', type: 'type' }, isRepository)
    .webLinks(['repos'], { url: 'url', title: 'name' }, () => true)
    .webLinks(['docs'], { url: 'url', title: 'name' })
  const application = stated.text('application')
  if (application !== undefined) entity.system(refOf(application, 'system'), 'application')
  onCall(stated, entity, ['pagerduty', 'opsgenie'], 'service-url')
  return [{ draft: entity.draft('Component', name, ['dd-service']), from: entity.from }]
}
