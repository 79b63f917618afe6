import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { draftNamespace } from '../src/ground/catalog/index.ts'
import { installDelivery } from '../src/houses/delivery/index.ts'
import { installExperiments } from '../src/houses/experiments/index.ts'
import { installGovernance } from '../src/houses/governance/index.ts'
import { installInvestments } from '../src/houses/investments/index.ts'
import { installPlatform } from '../src/houses/platform/index.ts'
import { installReliability } from '../src/houses/reliability/index.ts'
import { installVision, visionOperations } from '../src/houses/vision/index.ts'
import { type FolderRead, readFolder } from '../src/sources/files/index.ts'
import { testGround, type TestGround } from '../test/support/ground.ts'
import { REPOSITORIES, SERVICES } from './generator/services.ts'
import { COMPANY_FOLDER, movedTo, WRITTEN } from './move-dates.ts'

const NOW = Date.parse('2027-04-20T08:00:00Z')
const Gap = z.looseObject({ code: z.string(), ref: z.string() })
const planted = z
  .looseObject({
    gaps: z.array(Gap),
    lint: z.array(z.object({ rule: z.string(), ref: z.string() })),
    decisions: z.looseObject({ chain: z.array(z.string()) }),
  })
  .parse(parse(readFileSync(new URL('planted.yaml', import.meta.url), 'utf8')))
let ground: TestGround
let read: FolderRead

beforeAll(async () => {
  ground = await testGround({
    now: NOW,
    install: [
      installDelivery,
      installPlatform,
      installExperiments,
      installVision,
      installInvestments,
      installReliability,
      installGovernance,
    ],
  })
  read = await readFolder(COMPANY_FOLDER, { checkDraft: (draft) => ground.catalog.checkDraft(draft), namespace: 'example' })
  await ground.catalog.applyFolder('company', movedTo(read.drafts, NOW), { by: 'user:example/loader' })
})
afterAll(() => ground.store.close())

describe('the example company', () => {
  it('is written without an error', () => {
    expect(read.problems.filter((problem) => problem.severity === 'error')).toEqual([])
    expect(read.unreadable).toEqual([])
  })

  it('lives in its own namespace', () => {
    expect(read.drafts.filter((draft) => draftNamespace(draft) !== 'example')).toEqual([])
  })

  it('declares every service the generator knows, but one', () => {
    const declared = new Set(read.drafts.filter((draft) => draft.kind === 'Component').map((draft) => draft.metadata.name))
    expect(SERVICES.map((service) => service.name).filter((name) => !declared.has(name))).toEqual(['returns-batch'])
    for (const service of SERVICES) {
      const draft = read.drafts.find((one) => one.kind === 'Component' && one.metadata.name === service.name)
      if (!draft) continue
      const repository = REPOSITORIES.find((one) => one.services.includes(service))!
      expect(draft.metadata.annotations).toMatchObject({
        'throughline.dev/repository': `repository:example/${repository.name}`,
        ...(service.path ? { 'throughline.dev/path': service.path } : {}),
      })
    }
  })

  it('says its vision on one page', () => {
    const words = (kind: string) =>
      read.drafts
        .filter((draft) => draft.kind === kind && draft.metadata.labels?.stage !== 'idea')
        .map((draft) => `${draft.metadata.title} ${String(draft.spec.statement)}`)
    expect([...words('Vision'), ...words('Outcome'), ...words('Principle')].join(' ').split(/\s+/).length).toBeLessThanOrEqual(300)
  })

  it('has decisions of three formats in one log, superseded in a chain', async () => {
    expect(
      read.drafts
        .filter((draft) => draft.kind === 'Decision')
        .map((draft) => draft.spec.number)
        .sort((a, b) => Number(a) - Number(b)),
    ).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
    const [first, second, third] = planted.decisions.chain
    expect((await ground.catalog.get(second!))!.spec).toMatchObject({ status: 'superseded', supersedes: [first], supersededBy: [third] })
  })

  it('has the objections a careful reader was given to find, each in its file, and no other', async () => {
    const [, lint] = visionOperations
    const { problems } = await lint.run(lint.input.parse({ scope: 'example' }), {
      ...ground,
      caller: { person: 'user:example/reader', scopes: ['read'] },
    })
    const names = (list: readonly { rule: string; ref: string }[]) => list.map(({ rule, ref }) => `${rule} ${ref}`).sort()
    // The work is planted in the records, which are not here.
    expect(names(problems)).toEqual(names(planted.lint.filter(({ rule }) => rule !== 'lint.unlinked_work')))
    expect(problems.filter(({ file, line }) => !file || !line)).toEqual([])
  })

  it('has every hole that intent alone can have, and no other', async () => {
    const gaps = await ground.catalog.gaps({ namespace: 'example', at: NOW })
    const intent = (gap: { code: string; ref: string }) => !gap.code.endsWith('_without_work') && gap.code !== 'work_without_outcome'
    const names = (list: readonly { code: string; ref: string }[]) =>
      list
        .filter(intent)
        .map(({ code, ref }) => `${code} ${ref}`)
        .sort()
    expect(names(gaps)).toEqual(names(planted.gaps))
  })
})

describe('its dates', () => {
  it('move with the day it is loaded, wherever they are written', async () => {
    const moved = await ground.catalog.get('outcome:example/faster-booking')
    expect(moved!.spec).toMatchObject({ baseline: { at: '2026-10-22' }, target: { by: '2027-07-19' } })
    expect(movedTo({ text: 'from 2026-12-01 on, parcel 12026-12-011', list: ['2026-11-30'] }, NOW)).toEqual({
      text: 'from 2027-04-20 on, parcel 12026-12-011',
      list: ['2027-04-19'],
    })
  })

  it('stay as written on the day they were written for', () => {
    expect(movedTo(read.drafts, Date.parse(WRITTEN))).toBe(read.drafts)
  })
})
