import { describe, expect, it } from 'vitest'
import { DAY } from '../../../ground/core/index.ts'
import type { Activity, Declared, Fact, Observed } from '../assess/index.ts'
import { judgeFact, type KnownOwner, type Surroundings } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const quiet: Activity = { commit: null, deployment: null, recentDeployments: 0, incident: null, hasHistory: true, readAt: NOW, records: {} }
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  at: NOW,
  owners: new Map(),
  keepsTeams: false,
  left: new Map(),
  activity: null,
  ...more,
})
const declared = (value: string, more: Partial<Declared> = {}): Declared => ({
  value,
  folder: '/catalogue',
  origin: 'file',
  file: 'shop.yaml',
  line: 3,
  stands: true,
  since: NOW - DAY,
  by: 'user:default/u1',
  seenAt: NOW,
  ...more,
})
const seen = (value: string, from = 'CODEOWNERS'): Observed => ({ value, from, file: 'CODEOWNERS', line: 7, seenAt: NOW })
const fact = (name: Fact['fact'], declares: Declared[], observed: Observed[] = []): Fact => ({ fact: name, declared: declares, observed })
const owner = (more: Partial<KnownOwner> = {}): KnownOwner => ({
  declared: true,
  names: new Set(),
  members: new Set(),
  kin: new Set(),
  ...more,
})
const codes = (of: Fact, more: Partial<Surroundings> = {}) => {
  const { verdict, contradictions } = judgeFact(of, around(more))
  return [verdict, ...contradictions.map(({ code }) => code)]
}

describe('an owner', () => {
  const PAY = 'group:default/pay'
  const of = (...others: string[]) =>
    fact(
      'owner',
      [declared(PAY)],
      others.map((one) => seen(one)),
    )

  it('agrees with the rule that names it, among others too', () => {
    expect(codes(of('user:default/u2', PAY))).toEqual(['agrees'])
  })
  it('is contradicted by a rule that names another group, with both places', () => {
    const { contradictions } = judgeFact(of('group:default/web'), around())
    expect(contradictions[0]!.message).toBe('group:default/pay is declared as its owner; CODEOWNERS:7 names group:default/web')
  })
  it('agrees by another name, by a part of the group, or by one of its people', () => {
    const known = (more: Partial<KnownOwner>) => ({ owners: new Map([[PAY, owner(more)]]) })
    expect(codes(of('group:default/payments-team'), known({ names: new Set(['group:default/payments-team']) }))).toEqual(['agrees'])
    expect(codes(of('group:default/pay-eu'), known({ kin: new Set(['group:default/pay-eu']) }))).toEqual(['agrees'])
    expect(codes(of('user:default/u2'), known({ members: new Set(['user:default/u2']) }))).toEqual(['agrees'])
  })
  it('is unknown where a person is named of whom it is not known whether they belong to it', () => {
    expect(codes(of('user:default/u2'))).toEqual(['unknown'])
    expect(codes(of('user:default/u2', 'group:default/web'))).toEqual(['contradicts', 'owner_contradicted'])
  })
  it('that has left, or that nobody declares where teams are kept, is a contradiction of its own', () => {
    expect(codes(of(PAY), { left: new Map([[PAY, 'Everybody has left']]) })).toEqual(['contradicts', 'owner_left'])
    expect(codes(of(), { keepsTeams: true })).toEqual(['contradicts', 'owner_undeclared'])
    expect(codes(of(), { keepsTeams: true, owners: new Map([[PAY, owner()]]) })).toEqual(['declared_only'])
    expect(codes(of())).toEqual(['declared_only'])
  })
  it('that only a rule names is observed, not declared', () => {
    expect(codes(fact('owner', [], [seen(PAY)]))).toEqual(['observed_only'])
  })
})

describe('a lifecycle', () => {
  const of = (value: string, activity: Partial<Activity> | null) =>
    codes(fact('lifecycle', [declared(value)]), { activity: activity && { ...quiet, ...activity } })

  it('at its end is contradicted by a deployment of the last 28 days', () => {
    expect(of('deprecated', { deployment: NOW - 6 * DAY, recentDeployments: 2 })).toEqual(['contradicts', 'lifecycle_contradicted'])
    expect(of('retired', { deployment: NOW - 60 * DAY })).toEqual(['agrees'])
  })
  it('production is contradicted by a year of silence, where the repository was read', () => {
    expect(of('production', { commit: NOW - 400 * DAY })).toEqual(['contradicts', 'production_quiet'])
    expect(of('production', {})).toEqual(['contradicts', 'production_quiet'])
    expect(of('production', { commit: NOW - 300 * DAY })).toEqual(['agrees'])
    expect(of('production', { commit: NOW - 400 * DAY, incident: NOW - DAY })).toEqual(['agrees'])
  })
  it('is unknown where nobody looked: silence of ours is not silence of theirs', () => {
    expect(of('production', { commit: NOW - 400 * DAY, readAt: NOW - 390 * DAY })).toEqual(['unknown'])
    expect(of('production', { commit: NOW - 400 * DAY, readAt: null })).toEqual(['unknown'])
    expect(of('production', { hasHistory: false })).toEqual(['declared_only'])
    expect(of('production', null)).toEqual(['declared_only'])
    expect(of('experimental', { deployment: NOW })).toEqual(['unknown'])
  })
})

describe('places and documents', () => {
  it('a repository is the same by its slug and by its full name', () => {
    const of = (value: string, other: string) => codes(fact('repository', [declared(value)], [seen(other, 'tree')]))
    expect(of('shop', 'repository:default/shop')).toEqual(['agrees'])
    expect(of('repository:default/shop', 'repository:default/shop')).toEqual(['agrees'])
    expect(of('repository:default/web', 'repository:default/shop')).toEqual(['contradicts', 'repository_contradicted'])
  })
  it('two documents that state one thing differently contradict each other; two dependencies do not', () => {
    const two = [declared('service'), declared('library', { folder: '/other', stands: false })]
    expect(judgeFact(fact('type', two), around()).contradictions).toMatchObject([
      { code: 'declared_twice', message: 'Its type is service in shop.yaml:3 of /catalogue, and library in shop.yaml:3 of /other' },
    ])
    expect(codes(fact('dependsOn', two))).toEqual(['declared_only'])
  })
  it('texts are not compared by their words', () => {
    expect(codes(fact('description', [declared('Takes orders.')], [seen('Order taking', 'manifest')]))).toEqual(['unknown'])
  })
})
