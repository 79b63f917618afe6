import { isMap } from '../fields.ts'
import { EntityOf } from './entity.ts'
import { type Declared, fieldSign, type Portal } from './portal.ts'

const title = 'Score'
const KEY = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\/)?(?:[A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/

/** Score, `score.yaml`: a workload, its containers and the resources it asks a platform for. */
export const score: Portal = {
  title,
  files: /\.ya?ml$/i,
  sign: fieldSign(['apiVersion'], '["\']?score\\.dev/'),
  fits: ({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith('score.dev/'),
  read(stated, file): Declared[] {
    const name = stated.name('metadata', 'name')
    if (name === undefined) return []
    const entity = new EntityOf(stated, { title, file })
    const annotations = stated.map('metadata', 'annotations') ?? {}
    for (const key of Object.keys(annotations).filter(isKey))
      entity.annotate(key, stated.text('metadata', 'annotations', key), 'metadata', 'annotations', key)
    // `service` is "the service that the workload provides"; a workload without one does not say what it is.
    if (isMap(stated.at('service', 'ports')) && Object.keys(stated.map('service', 'ports')!).length > 0) entity.put('type', 'service')
    return [{ draft: entity.draft('Component', name, ['metadata', 'name']), from: entity.from }]
  },
}

function isKey(text: string): boolean {
  return text.length <= 253 && KEY.test(text) && text.split(/[./]/).every((label) => label.length <= 63)
}
