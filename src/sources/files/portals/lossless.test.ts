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

/** Every text, number and truth value of a document. */
function leaves(value: unknown): string[] {
  if (value === null || value === undefined) return []
  return typeof value === 'object' ? Object.values(value).flatMap(leaves) : [typeof value === 'string' ? value : JSON.stringify(value)]
}

describe('nothing is lost', () => {
  /** The body of a definition is listed and counted; it stays in its file. */
  const BODY = ['paths', 'components', 'channels', 'operations']

  it.each(Object.keys(PORTAL_DOCUMENTS) as Portal[])('every value of %s is somewhere in its entity, letter by letter', async (portal) => {
    const { document } = PORTAL_DOCUMENTS[portal]
    const kept = JSON.stringify(await entityOf(portal))
    const stated = Object.fromEntries(Object.entries(document).filter(([field]) => !BODY.includes(field)))
    for (const leaf of leaves(stated)) expect(kept).toContain(JSON.stringify(leaf).slice(1, -1))
  })

  it.each(Object.keys(PORTAL_DOCUMENTS) as Portal[])('what is exported of %s is read as the same entity', async (portal) => {
    const { file: _file, line: _line, ...entity } = await entityOf(portal)
    const { drafts, problems } = await read({ 'export.json.yaml': JSON.stringify({ entities: [{ ...entity, relations: [] }] }) })
    expect(problems).toEqual([])
    expect(drafts).toMatchObject([entity])
    expect(drafts[0]!.spec).toEqual(entity.spec)
  })

  it('a long field of a definition stays in the definition, which is pointed to', async () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'Parcels', version: '1' },
      paths: {},
      'x-groups': 'g'.repeat(10),
      'x-tags': Array(9_000).fill('tag'),
    }
    const { drafts } = await read({ 'openapi.yaml': stringify(document) })
    expect(drafts[0]!.spec.alsoStated).toMatchObject([{ states: { 'x-groups': 'gggggggggg' } }])
    expect(JSON.stringify(drafts[0]).length).toBeLessThan(1_000)
  })

  it('of a thousand operations two hundred are listed and all are counted', async () => {
    const paths = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`/p/${n}`, { get: { summary: 's'.repeat(500) } }]))
    const { drafts } = await read({ 'openapi.json': JSON.stringify({ openapi: '3.0.3', info: { title: 'Parcels', version: '1' }, paths }) })
    expect(drafts[0]!.spec.counts).toEqual({ operations: 1_000, schemas: 0 })
    const listed = drafts[0]!.spec.operations as string[]
    expect(listed).toHaveLength(200)
    expect(Math.max(...listed.map((line) => line.length))).toBe(200)
  })
})
