import { describe, expect, it } from 'vitest'
import { checkDraft, sharedKinds, testFolder } from '../../../../test/support/folder.ts'
import { declarations, readFolder } from '../index.ts'

const backstage = (name: string, more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { type: service, lifecycle: production, owner: parcels }\n${more}`
const compass = (name: string, more = '') => `configVersion: 1\nname: ${name}\nfields: { tier: 2 }\n${more}`
const openApi = (title: string) => `openapi: 3.1.0\ninfo: { title: ${title}, version: 1.0.0 }\npaths: { /parcels: { get: {} } }\n`
const read = (files: Record<string, string>, place = '') => readFolder(`${testFolder(files)}${place}`, { checkDraft })
const refs = ({ drafts }: Awaited<ReturnType<typeof read>>) => drafts.map(({ kind, metadata }) => `${kind} ${metadata.name}`)

describe('two files about one component', () => {
  it('are one component: Backstage’s own stands, and the other’s statements are kept beside it', async () => {
    const found = await read({ 'a/catalog-info.yaml': backstage('tracking'), 'a/compass.yml': compass('Parcel Tracking') })
    expect(found.drafts).toMatchObject([
      {
        metadata: { name: 'tracking' },
        spec: {
          owner: 'parcels',
          alsoStated: [
            { format: 'Compass', file: 'a/compass.yml', states: { configVersion: 1, name: 'Parcel Tracking', fields: { tier: 2 } } },
          ],
        },
      },
    ])
    expect(found.problems).toMatchObject([
      {
        code: 'files.two_declarations',
        severity: 'warning',
        file: 'a/compass.yml',
        line: 2,
        message: expect.stringContaining('a/catalog-info.yaml and a/compass.yml'),
      },
    ])
  })

  it('of two other tools fill each other’s gaps', async () => {
    const found = await read({
      'compass.yml': compass('tracking'),
      'opslevel.yml': 'version: 1\ncomponent: { name: Tracking, owner: parcels, tier: tier_1 }\n',
    })
    expect(found.drafts).toMatchObject([
      { spec: { owner: 'group:default/parcels', tier: '2', alsoStated: [{ format: 'Compass' }, { format: 'OpsLevel' }] } },
    ])
  })

  it('in two folders are one when they have one name', async () => {
    const found = await read({ 'a/compass.yml': compass('tracking'), 'b/catalog-info.yaml': backstage('tracking') })
    expect(refs(found)).toEqual(['Component tracking'])
    expect(found.drafts[0]!.spec.owner).toBe('parcels')
  })

  it('are several where a file describes several', async () => {
    const several = 'schema-version: v2.2\ndd-service: one\n---\nschema-version: v2.2\ndd-service: two\n'
    const found = await read({ 'catalog-info.yaml': backstage('tracking'), 'service.datadog.yaml': several })
    expect(refs(found)).toEqual(['Component tracking', 'Component one', 'Component two'])
  })
})

describe('what only all files together tell', () => {
  it('a dependency by an id becomes one by name when the file with the id is there', async () => {
    const id = 'ari:cloud:compass:x:component/1/2'
    const found = await read({
      'a/compass.yml': compass('tracking', `relationships: { DEPENDS_ON: ['${id}', 'ari:cloud:compass:x:component/1/3'] }\n`),
      'b/compass.yml': compass('geo', `id: ${id}\n`),
    })
    expect(found.drafts).toMatchObject([
      {
        spec: {
          dependsOn: ['component:default/geo'],
          alsoStated: [{ states: { relationships: { DEPENDS_ON: [id, expect.any(String)] } } }],
        },
      },
      {},
    ])
  })

  it('an API belongs to the one component of its folder', async () => {
    const found = await read({
      'a/compass.yml': compass('tracking'),
      'a/openapi.yaml': openApi('Parcels'),
      'b/openapi.yaml': openApi('Geo'),
    })
    expect(found.drafts).toMatchObject([
      { kind: 'Component' },
      { metadata: { name: 'parcels' }, spec: { links: [{ type: 'apiProvidedBy', to: 'component:default/tracking' }] } },
      { metadata: { name: 'geo' } },
    ])
    expect(found.drafts[2]!.spec.links).toBeUndefined()
  })

  it('a definition that a descriptor brings in is no second API', async () => {
    const api =
      '---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: parcels-api }\nspec: { type: openapi, lifecycle: production, owner: parcels, definition: { $text: ./openapi.yaml } }\n'
    const found = await read({ 'a/catalog-info.yaml': backstage('tracking', api), 'a/openapi.yaml': openApi('Parcels') })
    expect(refs(found)).toEqual(['Component tracking', 'API parcels-api'])
  })
})

describe('files that share a name or a place with a descriptor', () => {
  it.each([
    ['cortex.yaml', 'target: https://metrics.parcels.example\nauth_enabled: false\n'],
    ['compass.yml', 'http:\n  port: 80\n'],
    ['opslevel.yml', 'service: parcels\n'],
    ['score.yaml', 'home: 3\naway: 2\n'],
    ['service.datadog.yaml', 'api_key: x\n'],
    ['openapi.yaml', 'openapi: 3.0.0\n'],
    ['test/openapi.yaml', openApi('Fixture')],
    ['cortex.yaml', '{{- if .Values.cortex }}\na: {{ .Values.b }}\n{{- end }}\n'],
  ])('%s of another kind is passed over', async (file, text) => {
    expect(await read({ [file]: text, 'good.yaml': backstage('tracking') })).toMatchObject({ files: 1, problems: [], drafts: [{}] })
  })

  it.each([
    ['compass.yml', 'http:\n  port: 80\n'],
    ['cortex.yaml', 'target: https://metrics.parcels.example\n'],
    ['opslevel.yml', 'version: 2\nservice: parcels\n'],
  ])('%s of another kind is refused when it is asked for by itself', async (file, text) => {
    expect((await read({ [file]: text }, `/${file}`)).problems).toMatchObject([
      { code: 'files.other_shape', severity: 'error', file, line: 1, column: 1, fix: expect.any(String) },
    ])
  })

  it('an OpenAPI document is read when it is asked for by itself, also in a folder of tests', async () => {
    expect((await read({ 'test/openapi.yaml': openApi('Fixture') }, '/test/openapi.yaml')).drafts).toHaveLength(1)
  })

  it('a template that is yet to be filled in is passed over with a word', async () => {
    const found = await read({
      'compass.yml': compass("'${{ values.name }}'"),
      'b/score.yaml': 'apiVersion: score.dev/v1b1\nmetadata: { name: {{ name }} }\n',
    })
    expect(found.drafts).toEqual([])
    expect(found.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning files.skeleton', 'warning files.skeleton'])
  })
})

it('gives the same entities from texts as from a folder', async () => {
  const files = {
    'catalog-info.yaml': backstage('shop'),
    'a/compass.yml': compass('tracking'),
    'a/openapi.yaml': openApi('Parcels'),
    'b/opslevel.yml': 'version: 1\ncomponent: { name: Geo }\n',
  }
  const { drafts } = await readFolder(testFolder(files), { checkDraft, kinds: sharedKinds })
  expect(declarations.read(new Map(Object.entries(files)))).toEqual(drafts)
})
