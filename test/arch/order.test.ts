import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

interface Cruise {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
}

function cruise(folder: string): Cruise {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      join(root, 'test/arch/rules.cjs'),
      '--output-type',
      'json',
      'src',
    ],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    },
  )
  return JSON.parse(run.stdout) as Cruise
}

/** Imports of the web app that break its two rules; read as text, because the cruiser's parser knows no JSX. */
function webViolations(folder: string): string[] {
  return globSync('web/**/*.{ts,tsx}', { cwd: folder }).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^(import|export)( type)?[^'"]*from\s+['"](\.[^'"]+)['"]/gm)].flatMap(
      ([, , type, target]) => {
        const to = relative(folder, resolve(folder, dirname(file), target!))
        const uiKnowsDomain = file.startsWith('web/ui/') && /^(web\/(pages|api|app)|src\/(?!ground\/core\/))/.test(to)
        const webRunsServer = /^src\/(?!doors\/client\/|ground\/core\/|houses\/\w+\/(intent|decide)\b)/.test(to) && !type
        return [...(uiKnowsDomain ? [`ui-knows-no-domain ${file}`] : []), ...(webRunsServer ? [`web-takes-only-types ${file}`] : [])]
      },
    ),
  )
}

test('every import goes to the left and through a front door', () => {
  const { summary } = cruise(root)
  expect(summary.totalCruised).toBeGreaterThan(50)
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  expect(webViolations(root)).toEqual([])
})

const SEEDED: { name: string; file: string; text: string }[] = [
  { name: 'order:ground/core', file: 'src/ground/core/seeded.ts', text: `import '../store/index.ts'` },
  { name: 'order:ground/ledger', file: 'src/ground/ledger/seeded.ts', text: `import '../catalog/index.ts'` },
  {
    name: 'order:houses/delivery',
    file: 'src/houses/delivery/seeded.ts',
    text: `import type { Ref } from '../vision/index.ts'\nexport type X = Ref`,
  },
  { name: 'order:houses/vision', file: 'src/houses/vision/seeded.ts', text: `import '../../sources/git/index.ts'` },
  { name: 'front-doors-only', file: 'src/houses/vision/seeded-back-door.ts', text: `import '../../ground/store/store.ts'` },
  { name: 'assess-and-decide-are-pure', file: 'src/houses/vision/decide/seeded.ts', text: `import 'node:fs'` },
  { name: 'sources-see-only-ground', file: 'src/sources/git/seeded.ts', text: `import '../../houses/vision/index.ts'` },
  {
    name: 'ui-knows-no-domain',
    file: 'web/ui/seeded.ts',
    text: `import type { Entity } from '../../src/ground/catalog/index.ts'\nexport type X = Entity`,
  },
  { name: 'web-takes-only-types', file: 'web/pages/seeded.ts', text: `import { sql } from '../../src/ground/store/index.ts'\nsql.raw('')` },
]

let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'throughline-arch-'))
  for (const folder of ['src', 'web']) cpSync(join(root, folder), join(copy, folder), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const { file, text } of SEEDED) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), `${text}\n`)
  }
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('the rules bite: every seeded violation is reported', () => {
  const found = [...cruise(copy).summary.violations.map(({ rule, from }) => `${rule.name} ${from}`), ...webViolations(copy)]
  for (const { name, file } of SEEDED) expect(found).toContain(`${name} ${file}`)
})
