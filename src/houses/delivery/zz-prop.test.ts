import fc from 'fast-check'
import { test } from 'vitest'
import { testGround } from '../../../test/support/ground.ts'
import { HOUR } from '../../ground/core/index.ts'
import { sql } from '../../ground/store/index.ts'
import { bringUpToDate, scopesOf } from './evidence/index.ts'
import { installDelivery } from './index.ts'
import { randomHistory, toldOf } from './random-history.test-data.ts'
const arrivals = randomHistory.chain((records) => {
  const told = [...records, ...records.slice(0, 5)]
  return fc.record({ order: fc.array(fc.nat(1_000), { minLength: told.length, maxLength: told.length }), cuts: fc.array(fc.nat(told.length), { maxLength: 4 }) })
    .map(({ order, cuts }) => ({ records, shuffled: told.map((record, index) => ({ record, place: order[index]! })).sort((one, other) => one.place - other.place).map(({ record }) => record), cuts }))
})

test('p', { timeout: 3000000 }, async () => {
  const g = await testGround({ install: [installDelivery] })
  let n = 0, now = Date.parse('2026-06-01T12:00:00Z')
  const by = 'user:default/me'
  const shares = (s: string): any => [{ ref: s, subjects: [s], repository: s, deployments: { by: 'tags' } }, { ref: s.replace('repository', 'component'), subjects: [s.replace('repository', 'component')], repository: s, path: 'api', deployments: { by: 'tags' } }]
  const fresh = async (s: string) => bringUpToDate(g.store, g.ledger, await scopesOf(g.store, shares(s), 'production'))
  const derived = async (s: string) => { const o: any = {}; for (const sh of shares(s)) for (const t of ['delivery_commit', 'delivery_change', 'delivery_deployment']) for (const { row } of await g.store.query<any>(sql`select to_jsonb(d) - 'subject' - 'environment' as row from ${sql.table(t)} d where subject = ${sh.ref}`)) o[(sh.path ?? '') + t + ' ' + (row.id ?? row.sha)] = row; return o }
  const compare = async (a: string, b: string) => {
    const x = await derived(a), y = await derived(b)
    const diffs = []
    for (const k of new Set([...Object.keys(x), ...Object.keys(y)])) {
      if (!x[k] || !y[k]) { diffs.push(`${k}: ${x[k] ? 'missing piecemeal' : 'extra piecemeal'}`); continue }
      for (const f of Object.keys(x[k])) if (JSON.stringify(x[k][f]) !== JSON.stringify(y[k][f])) diffs.push(`${k}.${f}: ${JSON.stringify(x[k][f])} vs piecemeal ${JSON.stringify(y[k][f])}`)
    }
    if (diffs.length) throw new Error(diffs.join('\n'))
  }
  const one = fc.asyncProperty(arrivals, async ({ records, shuffled, cuts }) => {
    const a = `repository:default/a${++n}`, b = `repository:default/b${n}`
    await g.ledger.append(toldOf(a, records), { by }); await fresh(a); await fresh(b)
    const borders = [0, ...cuts.toSorted((x, y) => x - y), shuffled.length]
    for (const [i, from] of borders.slice(0, -1).entries()) { g.setNow((now += HOUR)); await g.ledger.append(toldOf(b, shuffled.slice(from, borders[i + 1])), { by }); await fresh(b) }
    await compare(a, b)
  })
  const two = fc.asyncProperty(fc.record({ shuffled: randomHistory, cuts: fc.array(fc.nat(100), { minLength: 1, maxLength: 3 }) }), async ({ shuffled: records, cuts: picks }) => {
    const without = `repository:default/a${++n}`, taken = `repository:default/b${n}`
    const key = (r: any) => `${r.kind} ${r.source}/${r.id}`
    const gone = new Set(picks.map((p) => key(records[p % records.length])))
    await g.ledger.append(toldOf(without, records.filter((r) => !gone.has(key(r)))), { by })
    await g.ledger.append(toldOf(taken, records), { by })
    await fresh(without); await fresh(taken)
    for (const o of gone) { const { kind, source, id } = records.find((r) => key(r) === o)!; g.setNow((now += HOUR)); await g.ledger.retract({ source, id, kind, subject: taken }, { by, at: now }); await fresh(taken) }
    try { await compare(without, taken) } catch (e) { throw new Error([...gone].join(' & ') + '\n' + String(e)) }
  })
  const r = await fc.check(process.env.PMODE === 'two' ? two : one as any, { numRuns: Number(process.env.RUNS ?? 40), seed: Number(process.env.SEED ?? 1), endOnFailure: false, interruptAfterTimeLimit: Number(process.env.LIMIT ?? 60000) })
  console.log('runs', r.numRuns, r.failed)
  if (r.failed && r.counterexample) {
    const { shuffled, cuts } = r.counterexample[0] as any
    const short = (v: any) => JSON.stringify(v).replaceAll(/a{30,}/g, 'a*').replaceAll(/f{30,}/g, 'f*').replaceAll('2026-01-', '').replaceAll('"', '')
    console.log(String(r.errorInstance).slice(0, 3000).replaceAll(/a{30,}/g, 'a*').replaceAll(/f{30,}/g, 'f*'))
    console.log('cuts', cuts); for (const rec of shuffled) console.log(short(rec))
  }
  await g.store.close()
})
