/**
 * One event of each type of CDEvents, of our own making after its schemas (github.com/cdevents/spec, schemas/, v0.6.0-draft;
 * cdevents.dev/docs): contents as short as a type allows, and with all it may say.
 */
const ENVIRONMENT = { id: 'production', source: '/clusters/north' }
const REPOSITORY = { id: 'acme/parcels', source: 'https://git.example' }
const ARTIFACT = `pkg:oci/parcels@sha256%3A${'5e'.repeat(32)}`
const SERVICE = { id: 'parcels', source: '/clusters/north' }
const ENDED = { outcome: 'failure', errors: 'Disk full\nafter 3 steps' }
const RUN = { id: 'run-9', source: '/pipelines' }
const CASE = {
  environment: ENVIRONMENT,
  testSuiteRun: RUN,
  testCase: { id: 'c-1', name: 'Prints a label', version: '2', uri: 'https://t.example/c-1' },
}
const SUITE = { environment: ENVIRONMENT, testSuite: { id: 's-1', name: 'Labels', version: '1', uri: 'https://t.example/s-1' } }
const TICKET = {
  uri: 'https://tickets.example/7',
  summary: 'Labels print twice',
  ticketType: 'bug',
  group: 'parcels',
  creator: 'dev-1@example.org',
  assignees: ['dev-2@example.org', 'dev-3@example.org'],
  priority: 'high',
  labels: ['printing'],
  milestone: 'm-2',
}
const APPROVAL = { approvalDetailsUrl: 'https://gate.example/1', resourceTargetUrl: 'https://git.example/acme/parcels/4' }

/** Kind of record, shortest content, whole content. */
type Row = readonly [kind: string, least: object, whole: object]

/** By `<subject>.<predicate>`. */
export const TYPES: Readonly<Record<string, Row>> = {
  'approval.created': ['event', { ...APPROVAL, requestor: 'dev-1@example.org' }, { ...APPROVAL, requestor: 'dev-1@example.org' }],
  'approval.updated': [
    'event',
    { ...APPROVAL, responder: 'dev-2@example.org', decision: 'rejected' },
    { ...APPROVAL, responder: 'dev-2@example.org', decision: 'approved' },
  ],
  'approval.closed': [
    'event',
    { ...APPROVAL, responder: 'dev-2@example.org', decision: 'approved', status: 'approved' },
    { ...APPROVAL, responder: 'policy', decision: 'approved', status: 'approved' },
  ],
  'artifact.packaged': ['event', { change: { id: '4' } }, { change: { id: '4', source: '/git' }, sbom: { uri: 'https://sbom.example/1' } }],
  'artifact.signed': ['event', { signature: 'MEYCIQC' }, { signature: 'MEYCIQC' }],
  'artifact.published': ['event', {}, { user: 'dev-1', sbom: { uri: 'https://sbom.example/1' } }],
  'artifact.downloaded': ['event', {}, { user: 'dev-1' }],
  'artifact.deleted': ['event', {}, { user: 'dev-1' }],
  'branch.created': ['event', {}, { repository: REPOSITORY }],
  'branch.deleted': ['event', {}, { repository: REPOSITORY }],
  'build.queued': ['event', {}, {}],
  'build.started': ['event', {}, {}],
  'build.finished': ['event', {}, { artifactId: ARTIFACT }],
  'change.created': ['change', {}, { description: 'Print labels once', repository: REPOSITORY }],
  'change.updated': ['change', {}, { repository: REPOSITORY }],
  'change.reviewed': ['change', {}, { repository: REPOSITORY }],
  'change.merged': ['change', {}, { repository: REPOSITORY }],
  'change.abandoned': ['change', {}, { repository: REPOSITORY }],
  'environment.created': ['event', {}, { name: 'Production', uri: 'https://env.example/production' }],
  'environment.modified': ['event', {}, { name: 'Production', uri: 'https://env.example/production' }],
  'environment.deleted': ['event', {}, { name: 'Production' }],
  'incident.detected': [
    'incident',
    { environment: { id: 'production' } },
    { description: 'Labels fail', environment: ENVIRONMENT, service: SERVICE, artifactId: ARTIFACT },
  ],
  'incident.reported': [
    'incident',
    { environment: { id: 'production' }, ticketURI: 'https://tickets.example/7' },
    {
      description: 'Labels fail',
      environment: ENVIRONMENT,
      service: SERVICE,
      artifactId: ARTIFACT,
      ticketURI: 'https://tickets.example/7',
    },
  ],
  'incident.resolved': [
    'incident',
    { environment: { id: 'production' } },
    { description: 'Labels print again', environment: ENVIRONMENT, service: SERVICE, artifactId: ARTIFACT },
  ],
  'pipelinerun.queued': ['event', {}, { pipelineName: 'release', uri: 'https://ci.example/9' }],
  'pipelinerun.started': [
    'event',
    { pipelineName: 'release', uri: 'https://ci.example/9' },
    { pipelineName: 'release', uri: 'https://ci.example/9' },
  ],
  'pipelinerun.finished': ['event', {}, { pipelineName: 'release', uri: 'https://ci.example/9', ...ENDED }],
  'repository.created': [
    'event',
    { name: 'parcels', uri: 'https://git.example/acme/parcels' },
    { name: 'parcels', owner: 'acme', uri: 'https://git.example/acme/parcels', viewUrl: 'https://git.example/acme/parcels/view' },
  ],
  'repository.modified': ['event', {}, { name: 'parcels', owner: 'acme', uri: 'https://git.example/acme/parcels' }],
  'repository.deleted': ['event', {}, { name: 'parcels' }],
  'service.deployed': [
    'deployment',
    { environment: { id: 'production' }, artifactId: ARTIFACT },
    { environment: ENVIRONMENT, artifactId: ARTIFACT },
  ],
  'service.upgraded': [
    'deployment',
    { environment: { id: 'production' }, artifactId: ARTIFACT },
    { environment: ENVIRONMENT, artifactId: ARTIFACT },
  ],
  'service.rolledback': [
    'deployment',
    { environment: { id: 'production' }, artifactId: ARTIFACT },
    { environment: ENVIRONMENT, artifactId: ARTIFACT },
  ],
  'service.published': ['event', {}, { environment: ENVIRONMENT }],
  'service.removed': ['event', {}, { environment: ENVIRONMENT }],
  'taskrun.started': ['event', {}, { taskName: 'test', uri: 'https://ci.example/9/2', pipelineRun: RUN }],
  'taskrun.finished': ['event', {}, { taskName: 'test', uri: 'https://ci.example/9/2', pipelineRun: RUN, ...ENDED }],
  'testcaserun.queued': [
    'event',
    { environment: { id: 'test' } },
    { ...CASE, trigger: { type: 'schedule', uri: 'https://t.example/at-night' } },
  ],
  'testcaserun.started': ['event', { environment: { id: 'test' } }, { ...CASE, trigger: { type: 'manual' } }],
  'testcaserun.finished': [
    'event',
    { outcome: 'success', environment: { id: 'test' } },
    { ...CASE, outcome: 'failure', severity: 'high', reason: 'Two labels' },
  ],
  'testcaserun.skipped': ['event', {}, { ...CASE, reason: 'No printer' }],
  'testoutput.published': [
    'event',
    { outputType: 'report', format: 'text/xml' },
    { outputType: 'report', format: 'text/xml', uri: 'https://t.example/o-1', testCaseRun: RUN },
  ],
  'testsuiterun.queued': ['event', { environment: { id: 'test' } }, { ...SUITE, trigger: { type: 'event' } }],
  'testsuiterun.started': ['event', { environment: { id: 'test' } }, { ...SUITE, trigger: { type: 'pipeline' } }],
  'testsuiterun.finished': [
    'event',
    { outcome: 'success', environment: { id: 'test' } },
    { ...SUITE, outcome: 'error', severity: 'low', reason: 'No host' },
  ],
  'ticket.created': [
    'work_item',
    { summary: 'Labels print twice', creator: 'dev-1@example.org', uri: 'https://tickets.example/7' },
    TICKET,
  ],
  'ticket.updated': ['work_item', { uri: 'https://tickets.example/7' }, { ...TICKET, updatedBy: 'dev-2@example.org' }],
  'ticket.closed': [
    'work_item',
    { uri: 'https://tickets.example/7', resolution: 'fixed' },
    { ...TICKET, resolution: 'fixed', updatedBy: 'dev-2@example.org' },
  ],
}

/** Versions of the specification with the one its types had: before 0.5 the context said `version`, up to 0.4 a subject its `type`. */
export const VERSIONS = [
  { stated: { version: '0.3.0' }, type: '0.1.1', subjectType: true },
  { stated: { version: '0.4.1' }, type: '0.2.0', subjectType: true },
  { stated: { specversion: '0.5.0' }, type: '0.3.0', subjectType: false },
  { stated: { specversion: '0.6.0-draft' }, type: '0.4.0-draft', subjectType: false },
] as const

const LINKS = [
  { linkType: 'RELATION', linkKind: 'TRIGGER', target: { contextId: 'before-1' }, tags: { why: 'merge' } },
  { linkType: 'PATH', from: { contextId: 'before-1' }, tags: {} },
  { linkType: 'END', from: { contextId: 'before-2' } },
]

/** A CDEvent of a type in a version, with as little or as much as it may say. */
export function cdEvent(type: string, version: (typeof VERSIONS)[number], much: boolean): Record<string, unknown> {
  const [, least, whole] = TYPES[type]!
  const [subject] = type.split('.')
  const name = `${type}-${Object.values(version.stated)[0]}-${much ? 'whole' : 'least'}`
  return {
    context: {
      ...version.stated,
      id: `event-${name}`,
      source: '/pipelines/acme',
      type: `dev.cdevents.${type}.${version.type}`,
      timestamp: '2026-05-04T11:30:00.123456+02:00',
      ...(much ? { schemaUri: 'https://acme.example/schema', chainId: 'chain-1', links: LINKS } : {}),
    },
    subject: {
      id: `${subject}-${name}`,
      ...(much ? { source: '/subjects/acme' } : {}),
      ...(version.subjectType ? { type: subject } : {}),
      content: much ? whole : least,
    },
    ...(much ? { customData: { step: 3, nested: { list: [1, null, 'ä'] } }, customDataContentType: 'application/json' } : {}),
  }
}
