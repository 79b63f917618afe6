import { afterAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { EntityDraft } from '../../../src/ground/catalog/index.ts'
import { checkDraft } from '../../support/folder.ts'
import { PORTAL_DOCUMENTS } from '../../support/portal-documents.ts'
import { scriptedFolder } from './build-repository.ts'
import { scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

async function scanned(files: Record<string, string>): Promise<EntityDraft[]> {
  const repository = folder.repository('parcels')
  repository.commit('Begin', { files })
  const { drafts } = (await scan(repository.path)).sink
  for (const draft of drafts) expect(checkDraft(draft).filter(({ severity }) => severity === 'error')).toEqual([])
  return drafts
}
const manifest = (name: string) => JSON.stringify({ name })
const openApi = (title: string) => `openapi: 3.1.0\ninfo: { title: ${title}, version: 1.0.0 }\npaths: { /parcels: { get: {} } }\n`
const components = (drafts: readonly EntityDraft[]) => drafts.filter(({ kind }) => kind === 'Component')

const DESCRIPTORS = Object.entries(PORTAL_DOCUMENTS).filter(([, { file }]) => !file.endsWith('api.yaml'))

describe('the descriptors of other tools', () => {
  test.each(DESCRIPTORS)(
    '%s declares the component of its folder, in place of the one a manifest tells of',
    async (_, { file, document }) => {
      const drafts = await scanned({
        'package.json': manifest('root'),
        'services/tracking/package.json': manifest('manifest-name'),
        [`services/tracking/${file}`]: stringify(document),
      })
      const declared = components(drafts).find(({ metadata }) => /^parcel.tracking$/.test(metadata.name))
      expect(declared).toMatchObject({
        file: `services/tracking/${file}`,
        metadata: { annotations: { 'throughline.dev/repository': 'repository:default/parcels' } },
      })
      expect(components(drafts).map(({ metadata }) => metadata.name)).not.toContain('manifest-name')
    },
  )

  test('do not name the repository: only catalog-info does', async () => {
    const [repository] = await scanned({ 'compass.yml': 'configVersion: 1\nname: Something Else\n', 'package.json': manifest('ferry') })
    expect(repository).toMatchObject({ kind: 'Repository', metadata: { name: 'ferry' } })
  })

  test('know no owner where they state none: the owners of the path are taken', async () => {
    const drafts = await scanned({
      CODEOWNERS: '* @parcels/ferry\n',
      'compass.yml': 'configVersion: 1\nname: Ferry\nownerId: ari:cloud:identity::team/1\n',
    })
    expect(components(drafts)).toMatchObject([{ spec: { owner: 'group:default/ferry' } }])
  })

  test('that lie in a folder for deploying speak of the folder above', async () => {
    const drafts = await scanned({
      'track/deploy/score.yaml': 'apiVersion: score.dev/v1b1\nmetadata: { name: tracking }\ncontainers: {}\n',
    })
    expect(components(drafts)).toMatchObject([{ metadata: { name: 'tracking', annotations: { 'throughline.dev/path': 'track' } } }])
  })

  test('that tell of the repository alone give it owner, tier and tags', async () => {
    const [repository] = await scanned({
      'opslevel.yml':
        'version: 1\nrepository:\n  owner: ferry_team\n  tier: tier_2\n  tags:\n  - key: area\n    value: sea\n  notes: old\n',
    })
    expect(repository).toMatchObject({
      kind: 'Repository',
      metadata: { name: 'parcels', tags: ['area:sea'] },
      spec: {
        owner: 'group:default/ferry_team',
        tier: 'tier_2',
        defaultBranch: 'main',
        alsoStated: [{ states: { repository: { notes: 'old' } } }],
      },
    })
  })

  test('of two tools in one folder are one component', async () => {
    const drafts = await scanned({
      'compass.yml': 'configVersion: 1\nname: ferry\n',
      'cortex.yaml': 'openapi: 3.0.0\ninfo:\n  x-cortex-tag: ferry-service\n  x-cortex-owners: [{ type: group, name: sea }]\n',
    })
    expect(components(drafts)).toMatchObject([
      { metadata: { name: 'ferry' }, spec: { owner: 'group:default/sea', alsoStated: [{ format: 'Compass' }, { format: 'Cortex' }] } },
    ])
  })

  test('of other tools that share the name are passed over', async () => {
    const drafts = await scanned({
      'cortex.yaml': 'target: x\n',
      'compass.yml': 'http: {}\n',
      'examples/score.yaml': 'apiVersion: score.dev/v1b1\nmetadata: { name: a }\n',
      'package.json': manifest('ferry'),
    })
    expect(components(drafts).map(({ metadata }) => metadata.name)).toEqual(['ferry'])
  })
})

describe('a definition of an API', () => {
  test('beside a component is an API it provides, whoever told of the component', async () => {
    const drafts = await scanned({
      'package.json': manifest('root'),
      'track/package.json': manifest('tracking'),
      'track/openapi.yaml': openApi('Parcels'),
      'geo/compass.yml': 'configVersion: 1\nname: geo\n',
      'geo/asyncapi.json': JSON.stringify({ asyncapi: '2.6.0', info: { title: 'Places', version: '1' }, channels: {} }),
      'docs/openapi.yaml': openApi('Nobody’s'),
    })
    expect(drafts.filter(({ kind }) => kind === 'API')).toMatchObject([
      { metadata: { name: 'places' }, spec: { links: [{ type: 'apiProvidedBy', to: 'component:default/geo' }] } },
      {
        metadata: { name: 'parcels' },
        file: 'track/openapi.yaml',
        spec: { links: [{ type: 'apiProvidedBy', to: 'component:default/tracking' }] },
      },
    ])
  })

  test('that a descriptor brings in is left to whoever applies the descriptor', async () => {
    const api =
      'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: a }\nspec: { type: openapi, lifecycle: x, owner: x, definition: { $text: ./openapi.yaml } }\n'
    const component =
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: c }\nspec: { type: x, lifecycle: x, owner: x }\n'
    const drafts = await scanned({ 'catalog-info.yaml': `${component}---\n${api}`, 'openapi.yaml': openApi('Parcels') })
    expect(drafts.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Repository c', 'Component c'])
  })
})
