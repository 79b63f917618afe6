import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { checkDraft, testFolder } from '../../../../test/support/folder.ts'
import { PORTAL_DOCUMENTS } from '../../../../test/support/portal-documents.ts'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { readFolder } from '../index.ts'

type Portal = keyof typeof PORTAL_DOCUMENTS
const read = (files: Record<string, string>, place = '') => readFolder(`${testFolder(files)}${place}`, { checkDraft })

async function entityOf(portal: Portal): Promise<EntityDraft> {
  const { file, document } = PORTAL_DOCUMENTS[portal]
  const { drafts, problems } = await read({ [file]: stringify(document) })
  expect(problems).toEqual([])
  expect(drafts).toHaveLength(1)
  return drafts[0]!
}

describe('what a descriptor says has its place in the catalogue', () => {
  it('Compass', async () => {
    expect(await entityOf('compass')).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'parcel-tracking',
        title: 'Parcel Tracking',
        description: 'Says where a parcel is.',
        tags: ['language:go', 'public-facing'],
        links: [{ url: 'https://git.parcels.example/parcels/tracking', title: 'Source', type: 'REPOSITORY' }, { type: 'ON_CALL' }],
        annotations: {
          'compass.atlassian.com/component-id': 'ari:cloud:compass:0c0a:component/1111/2222',
          'backstage.io/source-location': 'url:https://git.parcels.example/parcels/tracking',
          'pagerduty.com/service-id': 'PTRACK1',
        },
      },
      spec: { type: 'service', lifecycle: 'active', tier: '1' },
    })
  })

  it('Compass names its owner by an id nobody can read: kept, and the owner stays unknown', async () => {
    const { metadata, spec } = await entityOf('compass')
    expect(spec.owner).toBe('unknown')
    expect(metadata.annotations).toMatchObject({ 'compass.atlassian.com/owner-id': 'ari:cloud:identity::team/3333' })
  })

  it('Cortex', async () => {
    expect(await entityOf('cortex')).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'parcel-tracking',
        title: 'Parcel tracking',
        tags: ['tier-1', 'customer-facing'],
        annotations: {
          'github.com/project-slug': 'parcels/mono',
          'throughline.dev/path': 'services/tracking',
          'pagerduty.com/service-id': 'PTRACK1',
        },
      },
      spec: {
        type: 'service',
        owner: 'group:default/tracking',
        dependsOn: ['component:default/geo', 'component:default/sorting'],
        links: [
          { type: 'ownedBy', to: 'group:default/Delivery' },
          { type: 'partOf', to: 'domain:default/delivery' },
        ],
      },
    })
  })

  it.each([
    ['domain', { kind: 'Domain', spec: { owner: 'unknown', links: [{ type: 'partOf', to: 'domain:default/delivery' }] } }],
    ['team', { kind: 'Group', spec: { type: 'team', children: [], links: [{ type: 'childOf', to: 'group:default/delivery' }] } }],
    ['queue', { kind: 'Component', spec: { type: 'queue' } }],
  ])('Cortex describes a %s', async (type, entity) => {
    const info = { title: 'Parcels', 'x-cortex-tag': 'parcels', 'x-cortex-type': type, 'x-cortex-parents': [{ tag: 'delivery' }] }
    expect((await read({ 'cortex.yaml': stringify({ openapi: '3.0.0', info }) })).drafts).toMatchObject([entity])
  })

  it('Cortex defines the API of its service in the same document', async () => {
    const info = { title: 'Parcels', version: '1.0.0', 'x-cortex-tag': 'parcels' }
    const { drafts } = await read({ 'cortex.yaml': stringify({ openapi: '3.0.0', info, paths: { '/parcels': { get: {} } } }) })
    expect(drafts).toMatchObject([
      { kind: 'Component', metadata: { name: 'parcels' } },
      {
        kind: 'API',
        metadata: { name: 'parcels-api' },
        spec: { operations: ['GET /parcels'], links: [{ type: 'apiProvidedBy', to: 'component:default/parcels' }] },
      },
    ])
  })

  it('OpsLevel', async () => {
    expect(await entityOf('opsLevel')).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'parcel_tracking',
        title: 'Parcel Tracking',
        tags: ['db:postgres', 'data-class:internal'],
        annotations: { 'pagerduty.com/service-id': 'PTRACK1', 'throughline.dev/aliases': 'tracking' },
      },
      spec: {
        type: 'service',
        lifecycle: 'generally_available',
        tier: 'tier_1',
        owner: 'group:default/tracking_team',
        system: 'system:default/delivery',
        dependsOn: ['component:default/geo_service', 'component:default/sorting-service'],
      },
    })
  })

  it('OpsLevel calls a component a service in older files', async () => {
    const { drafts } = await read({ 'opslevel.yml': 'version: 1\nservice:\n  name: Parcels\n  owner: parcels\n' })
    expect(drafts).toMatchObject([
      { metadata: { name: 'parcels', title: 'Parcels' }, spec: { type: 'service', owner: 'group:default/parcels' } },
    ])
  })

  it('OpsLevel tells of a repository alone: nothing to keep without its name, and said so', async () => {
    const { drafts, problems } = await read({ 'opslevel.yml': 'version: 1\nrepository:\n  owner: parcels\n  tier:\n' })
    expect(drafts).toEqual([])
    expect(problems).toMatchObject([{ code: 'files.repository_only', severity: 'warning', line: 2 }])
  })

  it('Datadog, up to version 2.2', async () => {
    expect(await entityOf('datadog')).toMatchObject({
      kind: 'Component',
      metadata: { name: 'parcel-tracking', annotations: { 'pagerduty.com/service-id': 'PTRACK1' } },
      spec: { type: 'web', lifecycle: 'production', tier: '1', owner: 'group:default/tracking', system: 'system:default/delivery' },
    })
  })

  it('Datadog, version 2, writes repositories, documents and on-call in ways of its own', async () => {
    const document = {
      'schema-version': 'v2',
      'dd-service': 'parcels',
      'dd-team': 'delivery',
      repos: [{ name: 'Source', provider: 'git', url: 'https://git.parcels.example/parcels' }],
      docs: [{ name: 'Guide', url: 'https://docs.parcels.example' }],
      integrations: { pagerduty: 'https://parcels.pagerduty.com/service-directory/PTRACK1' },
    }
    expect((await read({ 'service.datadog.yaml': stringify(document) })).drafts).toMatchObject([
      {
        metadata: {
          links: [{ title: 'Source' }, { title: 'Guide' }, { title: 'PagerDuty' }],
          annotations: {
            'backstage.io/source-location': 'url:https://git.parcels.example/parcels',
            'pagerduty.com/service-id': 'PTRACK1',
          },
        },
        spec: { owner: 'group:default/delivery' },
      },
    ])
  })

  it('Datadog, version 3', async () => {
    expect(await entityOf('datadogEntity')).toMatchObject({
      kind: 'Component',
      metadata: { name: 'parcel-tracking', title: 'Parcel tracking' },
      spec: {
        type: 'web',
        tier: '1',
        owner: 'group:default/tracking',
        system: 'system:default/delivery',
        dependsOn: ['component:default/geo', 'resource:default/parcels-db', 'resource:default/scans'],
        links: [{ type: 'ownedBy', to: 'group:default/delivery' }],
      },
    })
  })

  it.each([
    ['datastore', { kind: 'Resource', spec: { type: 'datastore', owner: 'unknown' } }],
    ['system', { kind: 'System', spec: { owner: 'unknown', links: [{ type: 'hasPart', to: 'component:default/geo' }] } }],
    ['api', { kind: 'API', spec: { type: 'api', links: [{ type: 'apiProvidedBy', to: 'component:default/geo' }] } }],
    ['frontend', { kind: 'Component', spec: { type: 'frontend' } }],
  ])('Datadog describes a %s', async (kind, entity) => {
    const spec = kind === 'system' ? { components: ['service:geo'] } : kind === 'api' ? { implementedBy: ['service:geo'] } : {}
    const document = { apiVersion: 'v3', kind, metadata: { name: 'parcels' }, spec }
    expect((await read({ 'entity.datadog.yaml': stringify(document) })).drafts).toMatchObject([entity])
  })

  it('Score', async () => {
    expect(await entityOf('score')).toMatchObject({
      kind: 'Component',
      metadata: { name: 'parcel-tracking', annotations: { 'parcels.example/team': 'tracking' } },
      spec: { type: 'service', lifecycle: 'unknown', owner: 'unknown' },
    })
  })

  it('OpenAPI', async () => {
    expect(await entityOf('openApi')).toMatchObject({
      kind: 'API',
      metadata: { name: 'parcels-v2', title: 'Parcels', links: [{ url: 'https://docs.parcels.example/api', title: 'Guide' }] },
      spec: {
        type: 'openapi',
        version: '2.4.0',
        definition: { file: 'openapi.yaml', format: 'OpenAPI 3.1.0' },
        counts: { operations: 3, schemas: 1 },
        operations: ['GET /parcels – List parcels', 'POST /parcels (deprecated)', 'GET /parcels/{id}'],
      },
    })
  })

  it('OpenAPI 2.0, as JSON', async () => {
    const document = { swagger: '2.0', info: { title: 'API', version: '1' }, paths: { '/a': { get: {} } }, definitions: { A: {} } }
    expect((await read({ 'parcels/swagger.json': JSON.stringify(document) })).drafts).toMatchObject([
      {
        metadata: { name: 'parcels', title: 'API' },
        spec: { definition: { format: 'OpenAPI 2.0' }, counts: { operations: 1, schemas: 1 } },
      },
    ])
  })

  it('AsyncAPI 3', async () => {
    expect(await entityOf('asyncApi')).toMatchObject({
      kind: 'API',
      metadata: { name: 'parcel-events' },
      spec: { type: 'asyncapi', operations: ['send parcels.moved – A parcel moved'], counts: { channels: 1, operations: 1 } },
    })
  })

  it('AsyncAPI 2', async () => {
    const channels = { 'parcels/moved': { subscribe: { summary: 'A parcel moved' }, publish: {} } }
    const document = { asyncapi: '2.6.0', info: { title: 'Events', version: '1' }, channels }
    expect((await read({ 'asyncapi.yml': stringify(document) })).drafts).toMatchObject([
      { spec: { operations: ['publish parcels/moved', 'subscribe parcels/moved – A parcel moved'] } },
    ])
  })
})
