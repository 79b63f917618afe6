import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const place = mkdtempSync(join(tmpdir(), 'throughline-program-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

test('a command starts from what was built of the sources as they are, otherwise from the sources', () => {
  for (const file of ['package-lock.json', 'scripts/build-program.ts', 'src/doors/cli/index.ts', 'src/part.ts', 'examples/one.ts']) {
    mkdirSync(dirname(join(place, file)), { recursive: true })
    writeFileSync(join(place, file), '')
  }
  cpSync(join(import.meta.dirname, '../../bin/program.cjs'), join(place, 'bin/program.cjs'))
  const { builtFrom, entry, stateOfSources } = createRequire(join(place, 'bin/'))('./program.cjs') as typeof import('../../bin/program.cjs')
  const sources = join(place, 'src/doors/cli/index.ts')
  expect(entry()).toBe(sources)
  const built = builtFrom(stateOfSources())
  mkdirSync(dirname(built), { recursive: true })
  writeFileSync(built, '')
  expect(entry()).toBe(built)
  writeFileSync(join(place, 'src/part.test.ts'), 'a test is no part of it')
  expect(entry()).toBe(built)
  utimesSync(join(place, 'src/part.ts'), 1, 1)
  expect(entry()).toBe(sources)
  writeFileSync(join(place, 'src/another.ts'), '')
  expect(entry()).toBe(sources)
})
