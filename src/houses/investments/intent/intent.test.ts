import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EntityDraft, settledAmong } from '../../../ground/catalog/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import { changeOf, investmentKind } from './index.ts'

const kind = investmentKind((measure) => ({ 'delivery.change_lead_time': 's', 'delivery.change_failure_rate': 'ratio' })[measure] ?? null)
const effect = { measure: 'delivery.change_lead_time', p10: '-45%', p50: '-30%', p90: '-10%', by: '2027-03-31' }
const whole = {
  statement: 'Tests run on every change.',
  kind: 'improve',
  serves: ['faster'],
  effects: [effect],
  cost: { peopleWeeks: 12, money: { amount: 20_000, currency: 'EUR' } },
}
const draft = (spec: Record<string, unknown> = {}, name = 'a'): EntityDraft => ({
  apiVersion: 'throughline.dev/v1',
  kind: 'Investment',
  metadata: { name },
  spec: { ...whole, ...spec },
})
const problems = (spec: Record<string, unknown>) =>
  kind.check!(draft(spec)).map(({ code, severity, path }) => `${severity} ${code} ${path}`)

/** Codes by name of a few investments written together. */
function among(specs: Record<string, Record<string, unknown>>): Record<string, string[]> {
  const drafts = new Map<Ref, EntityDraft>(Object.entries(specs).map(([name, spec]) => [`investment:default/${name}`, draft(spec, name)]))
  const found = settledAmong(kind.against!, drafts, new Map())
  return Object.fromEntries([...found].flatMap(([ref, list]) => (list.length ? [[ref.split('/')[1], list.map(({ code }) => code)]] : [])))
}

describe('an investment', () => {
  test('that says what it is for, what it changes and what it costs has nothing to mend', () => {
    expect(problems({})).toEqual([])
  })

  test('is refused where its dates cross', () => {
    expect(problems({ start: '2026-06-01', end: '2026-05-01' })).toEqual(['error investment.dates_cross spec.end'])
    expect(problems({ start: '2027-06-01' })).toEqual(['error investment.dates_cross spec.effects.0.by'])
  })

  test('is refused where an effect is not in the unit of its measure, or of two forms', () => {
    const rate = { ...effect, measure: 'delivery.change_failure_rate', p10: '-3d', p50: '-2d', p90: '-1d' }
    expect(problems({ effects: [rate] })).toEqual(['error investment.other_unit spec.effects.0.p50'])
    expect(problems({ effects: [{ ...effect, p90: '-1d' }] })).toEqual(['error investment.mixed_change spec.effects.0.p50'])
    expect(problems({ effects: [{ ...effect, p10: '-10%', p90: '-45%' }] })).toEqual([
      'error investment.quantiles_cross spec.effects.0.p50',
    ])
  })

  test('is told its holes, and kept', () => {
    expect(problems({ serves: [], effects: [], cost: undefined })).toEqual([
      'warning investment.serves_nothing spec.serves',
      'warning investment.no_effect spec.effects',
      'warning investment.no_cost spec.cost',
    ])
    expect(problems({ status: 'done', cost: undefined })).toEqual(['warning investment.no_end spec.end'])
  })

  test('in a circle of dependence is refused, wherever it stands in the folder', () => {
    expect(among({ a: { dependsOn: ['b'] }, b: { dependsOn: ['c'] }, c: {} })).toEqual({})
    expect(among({ a: { dependsOn: ['b'] }, b: { dependsOn: ['c'] }, c: { dependsOn: ['a'] } })).toEqual({ c: ['investment.circle'] })
    expect(among({ a: { dependsOn: ['a'] } })).toEqual({ a: ['investment.circle'] })
  })

  test('cannot need what it rules out, nor what that needs', () => {
    expect(among({ c: { excludes: ['a'] }, b: { dependsOn: ['c'] }, a: { dependsOn: ['b'] } })).toEqual({
      a: ['investment.needs_excluded'],
    })
    expect(among({ b: { status: 'stopped' }, a: { dependsOn: ['b'] } })).toEqual({ a: ['investment.needs_stopped'] })
  })
})

describe('an expected change', () => {
  test('with a percent sign is relative, also of a share; without one it is in the unit', () => {
    expect(changeOf({ p10: '-45%', p50: '-30%', p90: '-10%' }, 'ratio')).toEqual({
      ok: true,
      value: { form: 'relative', p10: -0.45, p50: -0.3, p90: -0.1 },
    })
    expect(changeOf({ p10: '-2d', p50: '-36h', p90: '-12h' }, 's')).toMatchObject({
      value: { form: 'absolute', p10: -172_800, p90: -43_200 },
    })
    expect(changeOf({ p10: -0.05, p50: -0.02, p90: 0 }, 'ratio')).toMatchObject({ value: { form: 'absolute', p50: -0.02 } })
  })

  test('reads back as written, in order or not at all', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: -100, max: 500 }), fc.integer({ min: -100, max: 500 }), fc.integer({ min: -100, max: 500 })),
        (levels) => {
          const [p10, p50, p90] = levels
          const read = changeOf({ p10: `${p10}%`, p50: `${p50}%`, p90: `${p90}%` }, null)
          expect(read.ok).toBe(p10 <= p50 && p50 <= p90)
          if (read.ok) expect([read.value.p10, read.value.p50, read.value.p90]).toEqual(levels.map((level) => level / 100))
        },
      ),
    )
  })
})
