/**
 * A document of our own for every other tool whose files are read, after the schema its maker publishes (addresses in
 * src/sources/files/portals/README.md). They use every field that has a place here, and several that have none.
 */
export interface PortalDocument {
  file: string
  document: object
}

export const PORTAL_DOCUMENTS = {
  compass: {
    file: 'compass.yml',
    document: {
      configVersion: 1,
      name: 'Parcel Tracking',
      id: 'ari:cloud:compass:0c0a:component/1111/2222',
      description: 'Says where a parcel is.',
      typeId: 'SERVICE',
      ownerId: 'ari:cloud:identity::team/3333',
      fields: { tier: 1, lifecycle: 'Active' },
      labels: ['language:go', 'Public Facing'],
      links: [
        { name: 'Source', type: 'REPOSITORY', url: 'https://git.parcels.example/parcels/tracking' },
        { name: null, type: 'ON_CALL', url: 'https://parcels.pagerduty.com/service-directory/PTRACK1' },
      ],
      customFields: [{ name: 'Cost centre', type: 'text', value: '4711' }],
      relationships: { DEPENDS_ON: ['ari:cloud:compass:0c0a:component/1111/9999'] },
    },
  },
  cortex: {
    file: 'cortex.yaml',
    document: {
      openapi: '3.0.1',
      info: {
        title: 'Parcel tracking',
        description: 'Says where a parcel is.',
        'x-cortex-tag': 'parcel-tracking',
        'x-cortex-type': 'service',
        'x-cortex-owners': [
          { type: 'group', name: 'tracking' },
          { type: 'group', name: 'Parcels/Delivery', provider: 'GITHUB' },
          { type: 'email', email: 'tracking@parcels.example' },
        ],
        'x-cortex-groups': ['tier-1', 'Customer Facing'],
        'x-cortex-link': [
          { name: 'Runbook', type: 'runbook', url: 'https://docs.parcels.example/tracking' },
          { name: 'Spec', type: 'OPENAPI', url: './openapi.yaml' },
        ],
        'x-cortex-git': { github: { repository: 'parcels/mono', basepath: 'services/tracking' } },
        'x-cortex-oncall': { pagerduty: { id: 'PTRACK1', type: 'SERVICE' } },
        'x-cortex-dependency': [{ tag: 'geo' }, { tag: 'sorting', method: 'GET', path: '/bins' }],
        'x-cortex-parents': [{ tag: 'delivery' }],
        'x-cortex-custom-metadata': { 'core-service': true, languages: ['go'] },
      },
    },
  },
  opsLevel: {
    file: 'opslevel.yml',
    document: {
      version: 1,
      component: {
        name: 'Parcel Tracking',
        type: 'service',
        lifecycle: 'generally_available',
        tier: 'tier_1',
        product: 'Parcels',
        owner: 'tracking_team',
        system: 'delivery',
        language: 'Go',
        framework: null,
        description: 'Says where a parcel is.',
        aliases: ['tracking', 'where is it'],
        tags: [
          { key: 'db', value: 'postgres' },
          { key: 'Data Class', value: 'internal' },
        ],
        tools: [
          { name: 'Code', category: 'code', url: 'https://git.parcels.example/parcels/tracking', environment: null },
          { name: 'Logs', category: 'logs', url: 'https://logs.parcels.example/tracking', environment: 'Production' },
        ],
        dependencies: [{ alias: 'geo_service' }, { alias: 'Sorting Service', notes: 'bins only' }],
        alert_sources: [{ type: 'pagerduty', external_id: 'PTRACK1' }],
        properties: { vpc_enabled: true, freeze_date: null },
      },
    },
  },
  datadog: {
    file: 'service.datadog.yaml',
    document: {
      'schema-version': 'v2.2',
      'dd-service': 'parcel-tracking',
      team: 'tracking',
      application: 'delivery',
      description: 'Says where a parcel is.',
      tier: '1',
      lifecycle: 'production',
      type: 'web',
      languages: ['go'],
      contacts: [{ name: 'Team', type: 'email', contact: 'tracking@parcels.example' }],
      links: [
        { name: 'Runbook', type: 'runbook', url: 'https://docs.parcels.example/tracking' },
        { name: 'Source', type: 'repo', provider: 'Git', url: 'https://git.parcels.example/parcels/tracking' },
      ],
      tags: ['env:production', 'Cost_Centre:4711'],
      integrations: { pagerduty: { 'service-url': 'https://parcels.pagerduty.com/service-directory/PTRACK1' } },
      'ci-pipeline-fingerprints': ['j88xdEy0J5lc'],
      extensions: { 'parcels.example/cost': { centre: 4711 } },
    },
  },
  datadogEntity: {
    file: 'entity.datadog.yaml',
    document: {
      apiVersion: 'v3',
      kind: 'service',
      metadata: {
        name: 'parcel-tracking',
        displayName: 'Parcel tracking',
        owner: 'tracking',
        additionalOwners: [{ name: 'delivery', type: 'operator' }],
        description: 'Says where a parcel is.',
        tags: ['env:production'],
        links: [{ name: 'Runbook', type: 'runbook', url: 'https://docs.parcels.example/tracking' }],
        contacts: [{ type: 'slack', contact: 'https://parcels.slack.com/archives/tracking' }],
      },
      spec: {
        lifecycle: 'production',
        tier: '1',
        type: 'web',
        languages: ['go'],
        dependsOn: ['service:geo', 'datastore:parcels-db', 'queue:default/scans'],
        componentOf: ['system:delivery'],
      },
      integrations: { pagerduty: { serviceURL: 'https://parcels.pagerduty.com/service-directory/PTRACK1' } },
      datadog: { pipelines: { fingerprints: ['j88xdEy0J5lc'] } },
    },
  },
  score: {
    file: 'score.yaml',
    document: {
      apiVersion: 'score.dev/v1b1',
      metadata: { name: 'parcel-tracking', annotations: { 'parcels.example/team': 'tracking' }, stage: 'beta' },
      service: { ports: { www: { port: 80, targetPort: 8080 } } },
      containers: { main: { image: '.', variables: { DB: '${resources.db.host}' } } },
      resources: { db: { type: 'postgres', params: { version: 16 } } },
    },
  },
  openApi: {
    file: 'openapi.yaml',
    document: {
      openapi: '3.1.0',
      info: {
        title: 'Parcels',
        version: '2.4.0',
        description: 'Parcels and where they are.',
        contact: { name: 'Tracking', email: 'tracking@parcels.example' },
        license: { name: 'Apache-2.0' },
      },
      servers: [{ url: 'https://api.parcels.example/v2' }],
      externalDocs: { url: 'https://docs.parcels.example/api', description: 'Guide' },
      paths: {
        '/parcels': { get: { summary: 'List parcels', responses: {} }, post: { deprecated: true, responses: {} }, parameters: [] },
        '/parcels/{id}': { get: { responses: {} } },
      },
      components: { schemas: { Parcel: { type: 'object' } }, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      'x-audience': 'partners',
    },
  },
  asyncApi: {
    file: 'asyncapi.yaml',
    document: {
      asyncapi: '3.0.0',
      info: { title: 'Parcel events', version: '1.0.0', description: 'What happens to parcels.' },
      servers: { production: { host: 'broker.parcels.example', protocol: 'kafka' } },
      channels: { moved: { address: 'parcels.moved', messages: { moved: { $ref: '#/components/messages/Moved' } } } },
      operations: { onMoved: { action: 'send', channel: { $ref: '#/channels/moved' }, summary: 'A parcel moved' } },
      components: { messages: { Moved: { payload: { type: 'object' } } } },
    },
  },
} satisfies Record<string, PortalDocument>
