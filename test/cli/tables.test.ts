import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, testFolder } from '../support/store.ts'
import { type Server, startServer, throughline } from '../support/throughline.ts'

let data: string
let files: string
let server: Server | undefined
const remove: (() => Promise<void>)[] = []
beforeAll(async () => {
  const [store, place] = [await dataFolder(), await testFolder()]
  data = store.folder
  files = place.folder
  remove.push(store.remove, place.remove)
})
afterAll(async () => {
  await server?.stop()
  for (const one of remove) await one()
})

const at = (name: string) => join(files, name)
async function run(...args: string[]) {
  const { code, out, err } = await throughline(['import', ...args, '--json'], { data })
  return { code, err, told: JSON.parse(out) as Record<string, unknown> & { error?: { code: string; fix: string } } }
}
const row = (n: number) => `INC${n};Down ${n};${String((n % 28) + 1).padStart(2, '0')}.05.2026 10:00;shop\n`
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => row(from + n)).join('')
const HEAD = 'Number;Title;Opened;Service\n'

test('without a mapping a file is shown and nothing is written; what is undecided stops it', async () => {
  writeFileSync(at('incidents 2026-05.csv'), HEAD + rows(0, 100))
  const shown = await run(at('incidents 2026-05.csv'))
  expect(shown).toMatchObject({
    code: 1,
    told: { mappingFrom: 'guessed', mapping: { name: 'incidents', kind: 'incident' }, undecided: [{ code: 'mapping.zone' }] },
  })
  const text = await throughline(['import', at('incidents 2026-05.csv')], { data })
  expect(text.out).toMatch(/Opened\s+01\.05\.2026 10:00\s+openedAt/)
  expect(text.out).toContain('Nothing was written')
  expect(await run(at('incidents 2026-05.csv'), '--apply')).toMatchObject({
    code: 2,
    told: { error: { code: 'import.undecided', fix: expect.stringContaining('--zone') } },
  })
  expect(await run(at('incidents 2026-05.csv'), '--zone', 'Mars/Base')).toMatchObject({
    code: 2,
    told: { error: { code: 'import.unknown_zone' } },
  })
})

test('applied once, the mapping is kept: the next file of the same shape needs nothing, and the same file is all known', async () => {
  const file = at('incidents 2026-05.csv')
  expect(await run(file, '--zone', 'Europe/Berlin', '--apply')).toMatchObject({
    code: 0,
    told: { mapping: 'incidents', rows: 100, accepted: 100, rejected: 0 },
  })
  expect(await run(file)).toMatchObject({ code: 0, told: { accepted: 0, revised: 0, duplicates: 100, rejected: 0 } })
  writeFileSync(at('incidents 2026-06.csv.gz'), gzipSync(HEAD + rows(90, 120)))
  expect(await run(at('incidents 2026-06.csv.gz'))).toMatchObject({ code: 0, told: { accepted: 20, duplicates: 10 } })
  expect(await run(file, '--preview')).toMatchObject({ code: 0, told: { mappingFrom: 'kept' } })
})

test('a mapping is written down, corrected and used, from a file or standard input, now through a server that has the store', async () => {
  server = await startServer({ data })
  writeFileSync(at('other.tsv'), 'Key\tWhat\tWhen\n1\tA\t03/04/2026\n2\tB\t05/06/2026\n')
  const map = at('map.yaml')
  expect(await run(at('other.tsv'), '--as', 'incident', '--save', map)).toMatchObject({ code: 1, told: { mapping: { name: 'other' } } })
  expect(await run(at('other.tsv'), '--save', map)).toMatchObject({ code: 2, told: { error: { code: 'import.not_saved' } } })
  expect(readFileSync(map, 'utf8')).toContain('kind: incident')
  writeFileSync(
    map,
    'kind: incident\nfields:\n  id: Key\n  title: What\n  openedAt: { column: When, time: d/M/yyyy }\n  subject: { value: component:default/shop }\n',
  )
  expect(await run(at('other.tsv'), '--map', map)).toMatchObject({ code: 0, told: { mapping: 'map', accepted: 2 } })
  const piped = await throughline(['import', '-', '--map', 'map', '--json'], { data, stdin: readFileSync(at('other.tsv')) })
  expect([piped.code, JSON.parse(piped.out)]).toMatchObject([0, { duplicates: 2 }])
})

test('a mapping that does not fit the file, is wrong, or is nowhere stops it before anything is written', async () => {
  const map = at('wrong.yaml')
  writeFileSync(map, 'kind: incident\nfields: { title: Wat, openedAt: When, subject: { value: component:default/shop } }\n')
  expect(await run(at('other.tsv'), '--map', map)).toMatchObject({ code: 2, told: { error: { code: 'mapping.no_such_column' } } })
  writeFileSync(map, 'kind: incident\nfields: { title: What, openedAt: When, subject: { value: component:default/shop } }\n')
  expect(await run(at('other.tsv'), '--map', map)).toMatchObject({ code: 2, told: { error: { code: 'import.no_row_fits' } } })
  writeFileSync(map, 'kind: incident\nfields: { titel: What }\n')
  expect(await run(at('other.tsv'), '--map', map)).toMatchObject({ code: 2, told: { error: { code: 'mapping.unknown_field' } } })
  writeFileSync(map, 'kind: [incident\n')
  expect(await run(at('other.tsv'), '--map', map)).toMatchObject({ code: 2, told: { error: { code: 'mapping.not_yaml' } } })
  expect(await run(at('other.tsv'), '--map', 'nothing')).toMatchObject({ code: 2, told: { error: { code: 'mapping.unknown' } } })
  expect(await run(at('missing.csv'))).toMatchObject({ code: 2, told: { error: { code: 'import.no_file' } } })
})

test('lines of records go on as before, and objects with fields of their own are shown first', async () => {
  const record = {
    kind: 'measurement',
    source: 's',
    id: '1',
    subject: 'component:default/shop',
    at: '2026-05-04T10:00:00Z',
    measure: 'm',
    value: 1,
  }
  writeFileSync(at('records.ndjson'), `${JSON.stringify(record)}\n`)
  expect(await run(at('records.ndjson'))).toMatchObject({ code: 0, told: { accepted: 1 } })
  writeFileSync(at('foreign.json'), JSON.stringify([{ team: 'a', week: '2026-05-04', score: 3 }]))
  expect(await run(at('foreign.json'))).toMatchObject({ code: 0, told: { mappingFrom: 'guessed', mapping: { kind: 'measurement' } } })
  expect(await run(at('foreign.json'), '--apply')).toMatchObject({ code: 0, told: { accepted: 1 } })
})
