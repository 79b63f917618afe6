import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFolder } from '../../../../doors/intent-folder.ts'
import { kindsOnly } from '../../../../main.ts'
import { BROKEN, SOUND } from './broken.test-data.ts'

const RULES = join(import.meta.dirname, 'rules')
let folder: string
const fileOf = (index: number) => `${String(index).padStart(3, '0')}.yaml`

/** `file:line severity rule`, as the comments of the documents say, or as they are told. */
const expected = (documents: readonly string[], strict: boolean) =>
  documents.flatMap((text, index) =>
    text.split('\n').flatMap((line, n) =>
      [...line.matchAll(/# (refused|strict|remark) (\w+)/g)].map(([, weight, rule]) => {
        const severity = weight === 'refused' || (weight === 'strict' && strict) ? 'error' : 'warning'
        return `${fileOf(index)}:${n + 1} ${severity} ${rule}`
      }),
    ),
  )

async function told(documents: readonly string[], strict: boolean) {
  rmSync(folder, { recursive: true, force: true })
  folder = mkdtempSync(join(tmpdir(), 'throughline-openslo-'))
  for (const [index, text] of documents.entries()) writeFileSync(join(folder, fileOf(index)), text)
  const { problems } = await checkFolder(folder, kindsOnly(), { strict })
  return problems.filter(({ code }) => code.startsWith('openslo.') || code === 'catalog.bad_spec')
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-openslo-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

for (const strict of [false, true])
  test(`each rule is told on its line, with a fix, ${strict ? 'as go-sdk reads' : 'as the specification does'}`, async () => {
    const problems = await told(BROKEN, strict)
    expect(
      problems.map(({ file, line, severity, code }) => `${file}:${line} ${severity} ${code.replace('openslo.', '')}`).toSorted(),
    ).toEqual(expected(BROKEN, strict).toSorted())
    expect(problems.filter(({ fix, code }) => !fix && code !== 'openslo.type' && code !== 'openslo.empty')).toEqual([])
  })

test('nothing is said of what is sound, not even by the strict reader', async () => {
  expect(await told(SOUND, true)).toEqual([])
})

test('a list of documents, as go-sdk writes them, is read with the line of each', async () => {
  const list = [SOUND[0]!, SOUND[0]!.replace('target: 0.99', 'target: 2')].map(
    (text, n) => `- ${text.replace('orders', `orders-${n}`).trimEnd().replaceAll('\n', '\n  ')}\n`,
  )
  const problems = await told([list.join('')], false)
  const line =
    list
      .join('')
      .split('\n')
      .findIndex((text) => text.includes('target: 2')) + 1
  expect(problems).toMatchObject([{ code: 'openslo.target_range', line }])
})

test('an alert that can never fire at the target is told where the SLO refers to it', async () => {
  const [slo, policy, condition] = [
    SOUND[0]!.replace('target: 0.99', 'target: 0.9').replace(/ {4}- kind: AlertPolicy[\s\S]*$/, '    - alertPolicyRef: burning\n'),
    'apiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: { name: burning }\nspec:\n  conditions: [{ conditionRef: fast }]\n  notificationTargets: [{ targetRef: chat }]\n',
    'apiVersion: openslo/v1\nkind: AlertCondition\nmetadata: { name: fast }\nspec:\n  severity: page\n  condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h }\n',
  ] as const
  const line = slo.split('\n').findIndex((text) => text.includes('alertPolicyRef')) + 1
  expect(await told([slo, policy, condition], false)).toMatchObject([{ code: 'openslo.alert_unreachable', severity: 'warning', line }])
  expect(await told([slo.replace('0.9\n', '0.94\n'), policy, condition], false)).toEqual([])
})

test('every rule there is has a document that breaks it', () => {
  const rules = readdirSync(RULES).flatMap((file) =>
    [...readFileSync(join(RULES, file), 'utf8').matchAll(/(?:refused|strictly|remark)\(\s*'(\w+)'/g)].map(([, rule]) => rule!),
  )
  const broken = new Set(expected(BROKEN, true).map((told) => told.split(' ').at(-1)!))
  expect([...new Set(rules)].filter((rule) => !broken.has(rule))).toEqual([])
  expect(rules.length).toBeGreaterThan(50)
})
