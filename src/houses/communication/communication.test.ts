import type * as z from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { DAY, formatInstant } from '../../ground/core/index.ts'
import { Evidence, type EvidenceInput } from '../../ground/ledger/index.ts'
import { installDelivery } from '../delivery/index.ts'
import { installPlatform } from '../platform/index.ts'
import { installVision } from '../vision/index.ts'
import { communicationOperations, installCommunication } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/test'
let ground: TestGround

type Operations = (typeof communicationOperations)[number]
type Answer<Id extends string> = z.output<Extract<Operations, { id: Id }>['output']>

/** Calls an operation as the doors do: input parsed, output checked. */
async function call<Id extends Operations['id']>(id: Id, ask: Record<string, unknown> = {}): Promise<Answer<Id>> {
  const operation: { input: z.ZodType; output: z.ZodType; run: (ask: never, context: never) => Promise<unknown> } =
    communicationOperations.find((one) => one.id === id)!
  const answer = await operation.run(
    (await operation.input.parseAsync(ask)) as never,
    { ...ground, caller: { person: by, scopes: ['admin'] } } as never,
  )
  return (await operation.output.parseAsync(answer)) as Answer<Id>
}

function intent(kind: string, name: string, spec: Record<string, unknown>, more: Record<string, unknown> = {}): EntityDraft {
  return { apiVersion: kind === 'Component' ? 'backstage.io/v1alpha1' : 'throughline.dev/v1', kind, metadata: { name, ...more }, spec }
}

function values(measure: string, subject: string, numbers: readonly number[]): EvidenceInput[] {
  return numbers.map((value, index) => ({
    kind: 'measurement',
    source: 'test',
    id: `${measure}-${index}`,
    subject,
    at: formatInstant(NOW - (numbers.length - index) * 7 * DAY + DAY),
    measure,
    value,
  }))
}

/** A commit of yesterday, with the outcome its trailer names. */
function commit(digit: string, message: string, serves?: string): EvidenceInput {
  const at = formatInstant(NOW - DAY)
  const sha = digit.repeat(40)
  return {
    kind: 'commit',
    source: 'git',
    id: sha,
    subject: 'repository:default/shop',
    at,
    sha,
    author: 'ann@example.org',
    authoredAt: at,
    committedAt: at,
    parents: ['f'.repeat(40)],
    message,
    ...(serves ? { trailers: { Serves: [serves] } } : {}),
  }
}

const target = (value: number) => ({ baseline: { value: 40, at: '2026-01-05' }, target: { value, by: '2026-08-01' } })
const hostile = 'Use <script>alert(1)</script> **now**'

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installDelivery, installPlatform, installVision, installCommunication] })
  await ground.catalog.applyFolder(
    '/ours',
    [
      intent(
        'Outcome',
        'faster',
        { statement: 'Parcels arrive within a day.', measure: 'hours', ...target(12) },
        { title: 'Faster parcels' },
      ),
      intent('Outcome', 'cheaper', { statement: 'A parcel costs less.', measure: 'cost', ...target(4) }, { title: 'Cheaper parcels' }),
      intent('Measure', 'hours', { question: 'How long?', unit: 'h', better: 'lower' }, { title: 'Hours to the door' }),
      intent('Principle', 'plain', { statement: 'Keep it plain.', forbids: ['frills'] }),
      intent('Component', 'cart', { type: 'service', lifecycle: 'production', owner: 'web' }),
      intent(
        'Decision',
        '0001-one-database',
        { status: 'superseded', date: '2026-01-04', number: 1, body: '# One database\n\nWe *use* one.' },
        { namespace: 'shop', title: 'One database' },
      ),
      intent(
        'Decision',
        '0002-two-databases',
        {
          status: 'accepted',
          date: '2026-05-20',
          number: 2,
          supersedes: ['0001-one-database'],
          deciders: ['council'],
          revisitBy: '2026-05-30',
          assumptions: [{ measure: 'hours', subject: 'namespace:default', atMost: 10, because: 'parcels would be fast' }],
          context: 'One was not enough.',
          options: [{ title: 'Two', good: ['fast'], bad: ['dear'] }],
        },
        { namespace: 'shop', title: 'Two databases' },
      ),
      intent('Decision', '0003-idea', { status: 'proposed', date: '2026-05-25' }, { namespace: 'shop', title: hostile }),
      intent(
        'Exception',
        'frills',
        { from: 'principle:default/plain', subjects: ['component:default/cart'], reason: 'a party', until: '2026-06-05' },
        { title: 'Frills in the cart' },
      ),
    ],
    { by },
  )
  await ground.catalog.applyFolder(
    '/example',
    [
      intent(
        'Outcome',
        'warmer',
        { statement: 'Warm food.', measure: 'degrees', ...target(50) },
        { namespace: 'example', title: 'Warmer food' },
      ),
      intent('Decision', 'ovens', { status: 'accepted', date: '2026-05-28' }, { namespace: 'example', title: 'Buy ovens' }),
    ],
    { by },
  )
  await ground.ledger.append(
    [
      ...values('hours', 'component:default/cart', [40, 38, 37, 35, 34, 32, 31, 29, 28, 26, 25, 23]),
      ...values('degrees', 'component:example/oven', [45, 55]),
      commit('1', 'Shorter routes', 'outcome:default/faster'),
      commit('2', 'Something'),
      commit('3', 'For an outcome of old', 'outcome:default/gone'),
      commit('4', 'chore: tidy'),
    ].map((record) => Evidence.parse(record)),
    { by },
  )
}, 60_000)
afterAll(() => ground.store.close())

const told = async (ask: Record<string, unknown> = {}) =>
  (await call('brief', { audience: 'engineering', ...ask })).claims.map((claim) => claim.text)

describe('a brief', () => {
  it('begins with the headline, tells outcomes worst first, and gives grounds for every sentence', async () => {
    const { claims } = await call('brief', { audience: 'engineering' })
    expect(claims[0]!.text).toMatch(/^2 outcomes: 1 (?:on course|at risk), 1 unknown/)
    expect(claims.filter((claim) => claim.because.every((ground) => ground.kind === 'evidence'))).toEqual([])
    const texts = claims.map((claim) => claim.text)
    expect(
      texts.some(
        (text) => text.startsWith('Faster parcels is') && text.includes('hours to the door 25.5 h (n = 4); promised 12 h by 1 August 2026'),
      ),
    ).toBe(true)
  })

  it('tells decisions taken, superseded and to be looked at again', async () => {
    const texts = (await told()).join('\n')
    expect(texts).toContain('The reason for "Two databases" no longer holds: hours to the door at most 10 h; now 25.5 h (n = 4).')
    expect(texts).toContain('"Two databases" was to be looked at again by 30 May 2026.')
    expect(texts).toContain('1 decision was taken in the last four weeks: "Two databases" (20 May 2026).')
    expect(texts).toContain('Superseded: "One database" by "Two databases".')
  })

  it('divides the work of the last week by outcome, and says what is linked to nothing that is declared', async () => {
    const texts = (await told()).join('\n')
    expect(texts).toContain("Last week's work (4 changes): 25 % served outcomes, 25 % upkeep, 50 % is linked to nothing.")
    expect(texts).toContain("Of last week's work, by outcome: Faster parcels 25 %.")
  })

  it('divides it the same way again as of that moment, whatever was learned and linked since', async () => {
    const before = await call('brief', { audience: 'engineering' })
    expect(before.claims.map((claim) => claim.text).join('\n')).toContain("Last week's work")
    const late = commit('d', 'Another\n\nServes: outcome:default/cheaper', 'outcome:default/cheaper')
    await ground.ledger.append([Evidence.parse(late)], { by })
    expect(await call('brief', { audience: 'engineering' })).not.toEqual(before)
    expect(await call('brief', { audience: 'engineering', asOf: before.asOf })).toEqual(before)
    await ground.ledger.retract({ source: 'git', id: 'd'.repeat(40) }, { by, at: NOW })
  })

  it('never mixes namespaces', async () => {
    expect((await told()).join('\n')).not.toMatch(/Warmer|ovens/)
    const example = (await told({ scope: 'example' })).join('\n')
    expect(example).toContain('Warmer food')
    expect(example).not.toMatch(/parcels|databases/i)
  })

  it('is the same to the last byte when told again as of the same moment, in every format', async () => {
    const ask = (format: string) => call('brief', { audience: 'engineering', asOf: formatInstant(NOW), format })
    const formats = ['json', 'text', 'md', 'html']
    const before = await Promise.all(formats.map(async (format) => JSON.stringify(await ask(format))))
    ground.setNow(NOW + 3 * DAY)
    await ground.ledger.append(
      values('hours', 'component:default/cart', [1, 1, 1, 1]).map((record) => Evidence.parse({ ...record, source: 'late' })),
      { by },
    )
    await ground.catalog.applyFolder('/later', [intent('Outcome', 'later', { statement: 'Later.' }, { title: 'Later' })], { by })
    expect(await Promise.all(formats.map(async (format) => JSON.stringify(await ask(format))))).toEqual(before)
    expect((await told()).join('\n')).toContain('Later is unknown')
  })

  it('keeps hostile titles text in every format', async () => {
    const html = (await call('brief', { audience: 'engineering', format: 'html' })).text!
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script')
    expect((await call('brief', { audience: 'engineering', format: 'md' })).text).not.toContain('**now**')
  })
})

describe('Monday', () => {
  it('has one line, the outcomes worst first, what to decide with its default, and what nobody knows', async () => {
    const monday = await call('monday', { asOf: formatInstant(NOW) })
    expect(monday.headline.text).toContain('outcomes:')
    expect(monday.outcomes[0]!.state === 'unknown' || monday.outcomes[0]!.state === 'at_risk').toBe(true)
    expect(monday.decide.map((item) => item.kind)).toEqual(['assumption_broken', 'revisit', 'exception_expiring', 'proposals'])
    expect(monday.decide[0]).toMatchObject({ owner: 'council', default: 'It stays in force.', refs: ['decision:shop/0002-two-databases'] })
    expect(monday.decide[2]).toMatchObject({ by: '2026-06-05', default: 'It ends, and the principle binds again.' })
    expect(monday.unknown.map((item) => item.what).join(' ')).toContain('Cheaper parcels')
  })

  it('tells the history and a first step where nothing is promised', async () => {
    const monday = await call('monday', { scope: 'empty' })
    expect(monday.headline.text).toBe('Nothing is known here yet: no outcome is written and no history was read.')
    expect(monday.story.map((section) => section.title)).toEqual(['First step'])
  })
})

describe('the decision log', () => {
  it('lists decisions newest first, with filters and counts by status', async () => {
    const log = await call('decisions')
    expect(log.decisions.map((decision) => decision.ref)).toEqual([
      'decision:shop/0003-idea',
      'decision:shop/0002-two-databases',
      'decision:shop/0001-one-database',
    ])
    expect(log.statuses).toEqual({ proposed: 1, accepted: 1, superseded: 1 })
    expect((await call('decisions', { status: 'accepted', text: 'DATABASES two' })).total).toBe(1)
    expect((await call('decisions', { overdue: 'true' })).decisions.map((decision) => decision.number)).toEqual([2])
  })

  it('shows a record with the chain of what replaced what, from either end', async () => {
    const old = await call('decision.read', { ref: 'decision:shop/0001-one-database' })
    expect(old.html).toContain('<em>use</em>')
    expect(old.chain.map((link) => [link.title, link.distance])).toEqual([
      ['One database', 0],
      ['Two databases', 1],
    ])
    expect(old.supersededBy).toEqual(['decision:shop/0002-two-databases'])
  })

  it('writes a record from its fields where there is no text, and judges its assumptions', async () => {
    const record = await call('decision.read', { ref: 'decision:shop/0002-two-databases', asOf: formatInstant(NOW) })
    expect(record.html).toContain('<h2>Context and problem</h2>')
    expect(record.html).toContain('<li>Good: fast</li>')
    expect(record.assumptions[0]).toMatchObject({ because: 'parcels would be fast', judgement: { state: 'missed' } })
  })

  it('says so when there is no such decision', async () => {
    await expect(call('decision.read', { ref: 'decision:shop/none' })).rejects.toThrow('No decision is called decision:shop/none')
  })
})
