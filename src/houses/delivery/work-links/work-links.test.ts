import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { DAY, formatInstant } from '../../../ground/core/index.ts'
import { type Evidence, type EvidenceInput, parseEvidence } from '../../../ground/ledger/index.ts'
import { sql } from '../../../ground/store/index.ts'
import * as z from 'zod'
import { installDelivery } from '../install.ts'
import { workLinkOperations } from './operations.ts'

const BY = 'user:default/mara'
const SHOP = 'repository:default/shop'
const NOW = Date.parse('2026-06-10T12:00:00Z') // a Wednesday
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [(on) => registerIntent(on), installDelivery] })
  await ground.catalog.applyFolder(
    'intent',
    [
      intent(
        'Outcome',
        'checkout-wait',
        { statement: 'Nobody waits for the payment page: checkout latency stays under a second.', subject: 'system:trade' },
        'Checkout without a wait',
      ),
      intent('Outcome', 'found', { statement: 'People find their parcel by typing any part of its address.' }, 'Search that finds parcels'),
      intent('Decision', '0007-cache-prices', { status: 'accepted', serves: ['outcome:default/checkout-wait'] }, undefined, 'shop'),
      { apiVersion: 'backstage.io/v1alpha1', kind: 'System', metadata: { name: 'trade' }, spec: { owner: 'pay' } },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'till', annotations: { 'throughline.dev/repository': SHOP, 'throughline.dev/path': 'services/till' } },
        spec: { type: 'service', lifecycle: 'production', owner: 'pay', system: 'trade' },
      },
    ],
    { by: BY },
  )
  await send(
    commit('a1', 1, 'Cache prices\n\nServes: checkout-wait', { trailers: { Serves: ['checkout-wait'] } }),
    commit('a2', 2, 'Prepare outcome:found by splitting the index'),
    commit('a3', 3, 'Follow ADR-0007 in the basket'),
    commit('b1', 2, 'Faster totals', { files: [['services/till/totals.ts', 40, 2]] }),
    commit('b2', 2, 'Merge', { parents: ['b1', 'a2'].map(sha) }),
    commit('c1', 3, 'Rework checkout latency budget', { files: [['services/till/page.ts', 10, 5]] }),
    commit('d1', 3, 'chore: bump the linter'),
    commit('d2', 4, 'Bump left-pad from 1.0 to 1.1', { bot: true, author: 'helper[bot]' }),
    commit('d3', 4, 'fix: totals round the wrong way'),
    commit('d4', 4, 'Draw the admin menu anew'),
    change('42', 2, { title: 'Faster totals for ABC-12', mergeCommit: sha('b2'), commits: [{ sha: sha('b1'), authoredAt: day(1) }] }),
    change('43', 3, { title: 'Tidy', labels: ['outcome:found'], additions: 7, deletions: 3 }),
    item('ABC-12', 1, { title: 'Totals', parent: 'ABC-1' }),
    item('ABC-1', 1, { title: 'Quick checkout', refs: ['outcome:default/checkout-wait'] }),
    {
      kind: 'deployment',
      source: 'git',
      id: 'v1',
      subject: SHOP,
      at: day(5),
      commit: sha('b2'),
      commits: ['b1', 'b2', 'a1'].map(sha),
      finishedAt: day(5),
      outcome: 'success',
    },
    { kind: 'incident', source: 'pager', id: 'INC-9', subject: SHOP, at: day(5), title: 'Totals wrong', openedAt: day(5), causedBy: 'v1' },
  )
})
afterAll(() => ground.store.close())

describe('what work serves', () => {
  it('is read from trailers, references, decision numbers and labels', async () => {
    const up = async (id: string) =>
      (await ground.catalog.trace(id, 'up', 6)).nodes
        .filter((node) => node.depth < 0 && !['component', 'system', 'repository'].includes(node.kind))
        .map((node) => node.id)
    expect(await up(`commit:git/${sha('a1')}`)).toEqual(['outcome:default/checkout-wait'])
    expect(await up(`commit:git/${sha('a2')}`)).toEqual(expect.arrayContaining(['outcome:default/found']))
    expect(await up(`commit:git/${sha('a3')}`)).toEqual(
      expect.arrayContaining(['decision:shop/0007-cache-prices', 'outcome:default/checkout-wait']),
    )
    expect(await up('change:git/43')).toEqual(expect.arrayContaining(['outcome:default/found']))
  })

  it('is followed from a change over its work item and the item above to the outcome', async () => {
    const trace = await ground.catalog.trace('change:git/42', 'up', 6)
    expect(trace.nodes.map((node) => node.id)).toEqual(
      expect.arrayContaining(['change:git/42', 'work_item:jira/ABC-12', 'work_item:jira/ABC-1', 'outcome:default/checkout-wait']),
    )
    expect(trace.nodes.find((node) => node.id === 'work_item:jira/ABC-12')).toMatchObject({ title: 'Totals', subject: SHOP })
    expect(trace.edges.find((edge) => edge.from === 'change:git/42' && edge.type === 'implements')).toMatchObject({
      to: 'work_item:jira/ABC-12',
      origin: 'reference',
      weak: false,
    })
  })

  it('is traced from the outcome down to commits, deployments and incidents, by membership only weakly', async () => {
    const { nodes, edges } = await ground.catalog.trace('outcome:default/checkout-wait', 'down', 7)
    const ids = nodes.map((node) => node.id)
    expect(ids).toEqual(
      expect.arrayContaining([
        `commit:git/${sha('a1')}`,
        `commit:git/${sha('b1')}`,
        'change:git/42',
        'deployment:git/v1',
        'incident:pager/INC-9',
        'system:default/trade',
        'component:default/till',
      ]),
    )
    expect(
      edges
        .filter((edge) => edge.weak)
        .map((edge) => edge.type)
        .sort(),
    ).toEqual(expect.arrayContaining(['concerns', 'partOf']))
    expect(edges.filter((edge) => edge.from === 'change:git/42' && edge.to === 'component:default/till')).toMatchObject([{ weak: true }])
    expect(edges.filter((edge) => !edge.weak).every((edge) => edge.type !== 'concerns')).toBe(true)
  })

  it('is suggested, with a reason, where nothing is said and words and places agree', async () => {
    const { links } = await ground.catalog.suggestions({ limit: 10 })
    expect(links.map((link) => `${link.from} ${link.to}`)).toEqual([`commit:git/${sha('c1')} outcome:default/checkout-wait`])
    expect(links[0]!.because).toBe('Shares "checkout", "latency" and "page" with the outcome, and changes till, which it is measured on')
    expect(links[0]!.confidence).toBeGreaterThan(0.7)
  })
})

describe('a week of work', () => {
  it('divides between outcomes, incidents, upkeep and the rest, and says what it left out', async () => {
    const week = await readWeek({})
    expect(week.window).toEqual({ from: '2026-06-03T00:00:00.000Z', to: '2026-06-10T00:00:00.000Z' })
    expect(week.n).toBe(9)
    expect(week.excluded).toEqual([{ code: 'bot', count: 1 }])
    expect(week.outcomes.map((outcome) => [outcome.ref, outcome.count])).toEqual([
      ['outcome:default/checkout-wait', 3],
      ['outcome:default/found', 2],
    ])
    expect(titles(week.incidents)).toEqual(['fix: totals round the wrong way'])
    expect(titles(week.upkeep)).toEqual(['chore: bump the linter'])
    expect(titles(week.unlinked)).toEqual(['Draw the admin menu anew', 'Rework checkout latency budget'])
    expect(week.suggestions).toBe(1)
    const shares = [...week.outcomes, week.incidents, week.upkeep, week.unlinked]
    expect(shares.reduce((sum, share) => sum + share.share!, 0)).toBeCloseTo(1)
    expect(shares.reduce((sum, share) => sum + share.linesShare!, 0)).toBeCloseTo(1)
    // Of a change the lines of its commits count, not the commits beside it.
    expect(week.outcomes[0]!.records.find((record) => record.id === 'change:git/42')).toMatchObject({ lines: 42 })
  })

  it('counts a suggestion as soon as it is accepted, and not before', async () => {
    await ground.catalog.settle({ from: `commit:git/${sha('c1')}`, type: 'serves', to: 'outcome:default/checkout-wait' }, 'accepted', {
      by: BY,
    })
    expect((await readWeek({})).outcomes[0]).toMatchObject({ ref: 'outcome:default/checkout-wait', count: 4 })
    await ground.catalog.settle({ from: `commit:git/${sha('c1')}`, type: 'serves', to: 'outcome:default/checkout-wait' }, 'suggested', {
      by: BY,
    })
    expect((await readWeek({})).outcomes[0]).toMatchObject({ count: 3 })
  })

  it('is held against the plan that outcomes state, and against the window before; over time where asked', async () => {
    expect((await readWeek({})).plan).toMatchObject({ share: null, why: expect.stringContaining('No outcome states') })
    const outcome = intent('Outcome', 'planned', { statement: 'Something else.', plan: { share: '60%' } }, 'Something else')
    await ground.catalog.applyFolder('plan', [outcome], { by: BY })
    const week = await readWeek({ from: '2026-06-03', to: '2026-06-10', bucket: 'day' })
    expect(week.headline).toBe('56 % of 9 changes served outcomes; planned were 60 %. 22 % is linked to nothing.')
    expect(week.plan).toEqual({ share: 0.6, came: 0, without: [{ ref: 'outcome:default/planned', title: 'Something else', planned: 0.6 }] })
    expect(week.outcomes[0]).toMatchObject({ planned: null, before: null })
    expect(week.before).toEqual({ from: '2026-05-27T00:00:00.000Z', to: '2026-06-03T00:00:00.000Z', n: 0 })
    expect(week.buckets.map(({ n }) => n)).toEqual(expect.arrayContaining([1, 2]))
    expect(week.buckets.reduce((sum, { n }) => sum + n, 0)).toBe(9)
    expect(week.buckets.flatMap(({ parts }) => parts).reduce((sum, { count }) => sum + count, 0)).toBeCloseTo(9)
    // One person made all of it: that is theirs alone.
    expect(week.people).toMatchObject({ weeks: null, why: expect.stringContaining('Fewer than 5') })
    expect([...week.outcomes, week.upkeep, week.unlinked].map(({ peopleWeeks }) => peopleWeeks)).toEqual([null, null, null, null])
    await ground.catalog.applyFolder('plan', [], { by: BY })
  })

  it('refuses a window that ends before it begins', async () => {
    await expect(readWeek({ from: '2026-06-10', to: '2026-06-03' })).rejects.toThrow('nothing lies in it')
  })

  it('is empty, not zero percent, where nothing was done', async () => {
    const week = await readWeek({ namespace: 'nowhere' })
    expect(week).toMatchObject({ n: 0, outcomes: [], unlinked: { count: 0, share: null, linesShare: null } })
  })

  it('is one hole in the gaps, with its size', async () => {
    const gaps = await ground.catalog.gaps({ namespace: 'default', at: NOW })
    expect(gaps.filter((gap) => gap.code === 'work_without_outcome')).toMatchObject([
      {
        ref: 'namespace:default',
        message: '2 of 9 changes in the last 28 days (22 %) lead up to no outcome, the latest "Draw the admin menu anew"',
      },
    ])
  })
})

describe('links in step with the records', () => {
  it('are found when the issue arrives after the commit that names it', async () => {
    await send(commit('e1', 5, 'Answer DEF-7'))
    await ground.catalog.trace('outcome:default/found', 'down', 1)
    await send(item('DEF-7', 5, { title: 'Typo tolerance', labels: ['outcome:found'] }, 'component:default/other'))
    const up = await ground.catalog.trace(`commit:git/${sha('e1')}`, 'up', 3)
    expect(up.nodes.map((node) => node.id)).toEqual(expect.arrayContaining(['work_item:jira/DEF-7', 'outcome:default/found']))
  })

  it('are as sure as the surer of two names, also when another item of one of the names arrives', async () => {
    await send(item('GHI-1', 5, { title: 'Moved', aliases: ['OLD-1'] }), change('50', 5, { title: 'Answer OLD-1', branch: 'ghi-1-answer' }))
    const sure = async (to: string) => {
      const { edges } = await ground.catalog.trace('change:git/50', 'up', 1)
      return edges.find((edge) => edge.to.startsWith(to))?.confidence
    }
    expect(await sure('work_item:jira/GHI-1')).toBeCloseTo(0.95)
    await send(item('GHI-1', 5, { title: 'Another' }, 'component:default/other'))
    expect(await sure(`work_item:jira/GHI-1@${SHOP}`)).toBeCloseTo(0.95)
    expect(await sure('work_item:jira/GHI-1@component:default/other')).toBeCloseTo(0.9)
  })

  it('go when the record is taken back', async () => {
    await send(commit('e2', 5, 'Also\n\nServes: found', { trailers: { Serves: ['found'] } }))
    const linked = async () =>
      (await ground.catalog.trace(`commit:git/${sha('e2')}`, 'up', 1)).nodes.some((node) => node.id === 'outcome:default/found')
    expect(await linked()).toBe(true)
    await ground.ledger.retract({ source: 'git', id: sha('e2') }, { by: BY, at: NOW })
    expect(await linked()).toBe(false)
  })

  it('go when a namespace is erased', async () => {
    const subject = 'repository:gone/shop'
    await send({
      ...commit('f1', 5, 'Also\n\nServes: outcome:default/found', { trailers: { Serves: ['outcome:default/found'] } }),
      subject,
    })
    const below = async () => (await ground.catalog.trace('outcome:default/found', 'down', 1)).nodes.map((node) => node.id)
    expect(await below()).toContain(`commit:git/${sha('f1')}`)
    await ground.ledger.erase('gone')
    expect(await below()).not.toContain(`commit:git/${sha('f1')}`)
  })

  it('find a new outcome in old commits', async () => {
    await send(commit('e3', 5, 'Sort couriers by distance of dispatch'))
    await ground.catalog.write(
      intent('Outcome', 'couriers', { statement: 'Dispatch sends couriers by distance.' }, 'Short ways for couriers'),
      { by: BY },
    )
    const { links } = await ground.catalog.suggestions({ limit: 10 })
    expect(links.map((link) => link.to)).toContain('outcome:default/couriers')
  })

  it('come out identical when they are derived again, and were known all along', async () => {
    const all = () =>
      ground.store.query(
        sql`select from_id, type, to_id, owner, origin, confidence, status, because, at, learned_from from link where owner like 'work_links/%' order by 1, 2, 3, 4`,
      )
    await ground.catalog.suggestions({ limit: 1 })
    const before = await all()
    await ground.ledger.rebuild('work_links')
    expect(before.length).toBeGreaterThan(8)
    expect(await all()).toEqual(before)
  })
})

type Week = Awaited<ReturnType<(typeof workLinkOperations)[0]['run']>>

async function readWeek(ask: Record<string, unknown>): Promise<Week> {
  const [week] = workLinkOperations
  const answer = await week.run(week.input.parse(ask), { ...ground, caller: { person: BY, scopes: ['read'] } })
  expect(week.output.safeParse(answer).error).toBeUndefined()
  return answer
}

function titles(share: Week['upkeep']): string[] {
  return share.records.map((record) => record.title)
}

async function send(...records: EvidenceInput[]): Promise<void> {
  const parsed = records.map((record): Evidence => {
    const read = parseEvidence(record)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  await ground.ledger.append(parsed, { by: BY, basis: 'observed' })
}

/** The morning of the n-th day of the week before. */
function day(n: number): string {
  return formatInstant(Date.parse('2026-06-02T09:00:00Z') + n * DAY)
}

function sha(short: string): string {
  return short.padEnd(40, '0')
}

function commit(id: string, n: number, message: string, more: Partial<EvidenceInput> = {}): EvidenceInput {
  return {
    kind: 'commit',
    source: 'git',
    id: sha(id),
    subject: SHOP,
    at: day(n),
    sha: sha(id),
    author: 'mara@example.com',
    authoredAt: day(n),
    committedAt: day(n),
    parents: [sha('0')],
    message,
    additions: 40,
    deletions: 2,
    ...more,
  } as EvidenceInput
}

function change(id: string, n: number, more: Partial<EvidenceInput>): EvidenceInput {
  return { kind: 'change', source: 'git', id, number: Number(id), subject: SHOP, at: day(n), mergedAt: day(n), ...more } as EvidenceInput
}

function item(id: string, n: number, more: Partial<EvidenceInput>, subject = SHOP): EvidenceInput {
  return { kind: 'work_item', source: 'jira', id, subject, at: day(n), state: 'done', createdAt: day(n), ...more } as EvidenceInput
}

function intent(kind: string, name: string, spec: Record<string, unknown>, title?: string, namespace?: string): EntityDraft {
  return {
    apiVersion: 'throughline.dev/v1',
    kind,
    metadata: { name, ...(title ? { title } : {}), ...(namespace ? { namespace } : {}) },
    spec,
  }
}

function registerIntent({ catalog }: Pick<TestGround, 'catalog'>): void {
  for (const kind of ['Outcome', 'Principle']) catalog.registerKind({ kind, apiVersions: ['throughline.dev/v1'], spec: z.looseObject({}) })
}
