import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './app.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SCOPE = 'released'
let service: ChildProcess | undefined
const clock = mkdtempSync(join(tmpdir(), 'throughline-clock-'))
test.afterAll(() => {
  service?.kill()
  rmSync(clock, { recursive: true, force: true })
})

/**
 * A service with the stock SDK of OpenTelemetry, told by its environment alone where to send; gives its address. Its clock is
 * a minute late: burns are counted by whole minutes, and nobody waits here until this one is over.
 */
async function startService(): Promise<string> {
  writeFileSync(join(clock, 'shift'), '-60000')
  const child = spawn(process.execPath, ['--import', './test/support/shift-clock.ts', 'test/conformance/otlp/service.cjs'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      OTEL_SERVICE_NAME: 'parcels',
      OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${SCOPE}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: process.env.E2E_URL,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      SHIFT_CLOCK: join(clock, 'shift'),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  service = child
  const port = await new Promise<string>((ready) => child.stdout.once('data', (line: Buffer) => ready(line.toString().trim())))
  return `http://127.0.0.1:${port}`
}

/** What a pipeline runs: its exit code is the answer. */
function gate(): Promise<{ code: number; said: string }> {
  return new Promise((done) =>
    execFile(
      process.execPath,
      ['bin/throughline.cjs', 'gate', `${SCOPE}/parcels`, '--commit', 'c'.repeat(40)],
      { cwd: ROOT, env: { ...process.env, THROUGHLINE_URL: process.env.E2E_URL } },
      (error, stdout) => done({ code: error ? Number(error.code) : 0, said: stdout }),
    ),
  )
}

test('telemetry of a stock SDK spends a budget, the alert fires, the gate holds, somebody overrides it, and the brief tells', async ({
  open,
  page,
}) => {
  const documents = [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'parcels', namespace: SCOPE },
      spec: { type: 'service', lifecycle: 'production', owner: 'team-1' },
    },
    {
      apiVersion: 'openslo/v1',
      kind: 'SLO',
      metadata: { name: 'parcels-answer', displayName: 'Parcels answers', annotations: { 'throughline.dev/namespace': SCOPE } },
      spec: {
        service: 'parcels',
        indicator: {
          metadata: { name: 'parcels-answers' },
          spec: {
            ratioMetric: {
              counter: true,
              bad: { metricSource: { type: 'throughline', spec: { signal: 'spans', kind: 'server' } } },
              total: { metricSource: { type: 'throughline', spec: { signal: 'spans', kind: 'server' } } },
            },
          },
        },
        timeWindow: [{ duration: '30d', isRolling: true }],
        budgetingMethod: 'Occurrences',
        objectives: [{ target: 0.99 }],
      },
    },
  ]
  for (const data of documents) {
    const written = await page.request.put(`${process.env.E2E_URL}/api/entities`, { data })
    expect(written.ok(), await written.text()).toBe(true)
  }
  await open(`/reliability/alerts?scope=${SCOPE}`)
  const url = await startService()
  for (let order = 1000; order < 1060; order++) await fetch(`${url}/${order % 3 ? 'orders' : 'fail'}/${order}`)

  // Nobody reloads: the page hears of it.
  await expect(page.getByText(/alerts? fires?: parcels \(page\)/)).toBeVisible({ timeout: 90_000 })
  const held = await gate()
  expect(held.said).toMatch(/hold/)
  expect(held.said).toMatch(/budget/)
  expect(held.code).toBe(1)

  await open(`/gate?scope=${SCOPE}`)
  await page.getByLabel('Component').fill('parcels')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByRole('button', { name: 'Override' }).click()
  await page.getByLabel('Why').fill('This release is what mends it.')
  await page.getByRole('dialog').getByRole('button', { name: 'Override' }).click()
  await expect(page.getByText('1 override in force.', { exact: false })).toBeVisible()
  expect((await gate()).code).toBe(0)

  await open(`/brief?scope=${SCOPE}`)
  await expect(page.getByText(/The release gate was overridden once/)).toBeVisible()
  await expect(page.getByText(/This release is what mends it/).first()).toBeVisible()
})
