import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder } from '../../support/store.ts'
import { testFolder } from '../../support/folder.ts'
import { startServer, throughline } from '../../support/throughline.ts'

let data: string
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ folder: data, remove } = await dataFolder())
})
afterAll(() => remove())

const HEAD = 'apiVersion: throughline.dev/v1\nkind: Decision\nmetadata:\n  name: hostile\nspec:\n'
const GOOD = 'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: parcels\nspec:\n  type: team\n  children: []\n'
const bomb = Array.from({ length: 12 }, (_, n) => `  a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]`).join('\n')

interface Applied {
  created: number
  unchanged: number
  problems: { file: string; line: number; column: number; code: string; severity: string; fix: string }[]
}
const apply = async (folder: string) => {
  const run = await throughline(['apply', folder, '--json'], { data })
  return { code: run.code, told: JSON.parse(run.out) as Applied }
}

test('every hostile file of a folder is named with place and fix, and the good ones are written', async () => {
  const hostile: Record<string, [content: string | Uint8Array, code: string]> = {
    'bomb.yaml': [`${HEAD}  a0: &a0 lol\n${bomb}\n`, 'files.expansion'],
    'deep.yaml': [`${HEAD}  a: ${'['.repeat(100_000)}`, 'files.nesting'],
    'cut.yaml': [`${HEAD}  outcome: "we decided to`, 'files.grammar'],
    'twice.yaml': [`${HEAD}  status: accepted\n  status: rejected\n`, 'files.double_key'],
    'wide.yaml': [Buffer.from(`${HEAD}  status: accepted\n`, 'utf16le'), 'files.encoding'],
    'latin.yaml': [Buffer.from(`${HEAD}  context: Größe\n`, 'latin1'), 'files.encoding'],
    'out.yaml': [`${HEAD}  context:\n    $text: ../../../../../../../../etc/passwd\n`, 'files.unsafe_path'],
    'a/compass.yml': [`configVersion: 1\nname: a\nfields:\n  a0: &a0 lol\n${bomb}\n`, 'files.expansion'],
    'b/cortex.yaml': ['openapi: 3.0.0\ninfo:\n  x-cortex-tag: [a]\n', 'files.no_name'],
    'c/score.yaml': [`apiVersion: score.dev/v1b1\nmetadata: ${'['.repeat(100_000)}`, 'files.nesting'],
    'file.yaml': [`${HEAD}  context:\n    $text: file:///etc/passwd\n`, 'files.unsafe_path'],
  }
  const folder = testFolder({
    'good.yaml': GOOD,
    ...Object.fromEntries(Object.entries(hostile).map(([name, [content]]) => [name, content])),
  })
  writeFileSync(
    join(folder, 'huge.yaml'),
    Buffer.concat([Buffer.from(`${HEAD}  a: "`), Buffer.alloc(100_000_000, 'x'), Buffer.from('"\n')]),
  )
  const { code, told } = await apply(folder)
  expect(code).toBe(1)
  for (const [file, [, wanted]] of [...Object.entries(hostile), ['huge.yaml', ['', 'files.too_large']] as const])
    expect(told.problems, file).toContainEqual(
      expect.objectContaining({ file, code: wanted, severity: 'error', line: expect.any(Number), fix: expect.any(String) }),
    )
  expect(told.created).toBe(1)
  expect(JSON.stringify(told)).not.toContain('root:')
  expect((await apply(folder)).told).toMatchObject({ created: 0, unchanged: 1 })
})

test('HTML in Markdown is told as text people can read, and never as a program', async () => {
  const record = `# Use <img src=x onerror=alert(1)> parcels

* Status: accepted
* Date: 2026-05-04

## Context and Problem Statement

<script>alert(2)</script><iframe src="javascript:alert(3)"></iframe>[click](javascript:alert(4)) <b onclick="alert(5)">bold</b>

## Decision Outcome

Chosen option: "<svg onload=alert(6)>", because <a href="data:text/html,<script>alert(7)</script>">of this</a>.
`
  const folder = testFolder({ 'adr/0001-use-parcels.md': record })
  expect((await apply(join(folder, 'adr'))).told).toMatchObject({ created: 1 })
  const exported = await throughline(['export', '--kind', 'Decision', '--json'], { data })
  const [{ metadata }] = (JSON.parse(exported.out) as { entities: [{ metadata: { name: string; namespace: string } }] }).entities
  const server = await startServer({ data })
  const page = await (
    await fetch(`${server.url}/api/decisions/${encodeURIComponent(`decision:${metadata.namespace}/${metadata.name}`)}`)
  ).text()
  const brief = await throughline(['brief', '--format', 'html', '--scope', metadata.namespace], { data })
  await server.stop()
  expect(brief.code, brief.err).toBe(0)
  const { html } = JSON.parse(page) as { html: string }
  expect(html).toContain('of this')
  for (const text of [html, brief.out])
    expect(text).not.toMatch(/<script|<iframe|<svg|onerror=|onclick=|onload=|href="(?:javascript|data):/i)
})
