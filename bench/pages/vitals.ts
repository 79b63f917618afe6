/**
 * What people feel of it in a browser: `node bench/pages/vitals.ts <folder> [CPU slowed down so many times]`. Starts a server
 * on a folder that `run.ts` loaded, opens every page in a browser of its own, then sorts its table or opens what can be
 * opened. Prints, worst first, the largest contentful paint, layout shift and the slowest interaction (web.dev/articles/vitals),
 * each the worse of two visits after a first one, and what was sent for it in kB.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { BROWSER_FLAGS, findBrowser } from '../../test/e2e/browser.ts'
import { PATTERNS, urls } from '../../web/app/urls.ts'

const folder = process.argv[2]
if (!folder) throw new Error('Name the folder that bench/pages/run.ts loaded')
const slower = Number(process.argv[3] ?? 1)
const port = 4300 + (process.pid % 90)
const base = `http://127.0.0.1:${port}`
const server = spawn(process.execPath, [join(import.meta.dirname, '../../bin/throughline.cjs'), 'serve', '--empty'], {
  env: { ...process.env, PORT: String(port), OTEL_PORT: 'off', THROUGHLINE_DATA: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const paths = [
  ...Object.values(PATTERNS).filter((path) => !path.includes('$') && !path.startsWith('/shared/') && path !== PATTERNS.signIn),
  urls.outcome('outcome:default/outcome-0'),
  urls.principle('principle:default/principle-0'),
  urls.decision('decision:default/0001-decision'),
  urls.investment('investment:default/investment-0'),
  urls.experiment('experiment:default/experiment-0'),
  urls.measure('delivery.change_lead_time'),
  urls.slo('slo:default/service-3'),
  urls.entity('component:default/service-3'),
  urls.serviceHealth('component:default/service-3'),
]

interface Felt {
  path: string
  lcp: number
  cls: number
  inp: number
  kB: number
}

const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_FLAGS })
try {
  while (!(await fetch(`${base}/readyz`).catch(() => null))?.ok) await pause(100)
  const felt: Felt[] = []
  for (const path of paths) {
    await visit(path)
    const [one, other] = [await visit(path), await visit(path)]
    felt.push({
      path,
      lcp: Math.max(one.lcp, other.lcp),
      cls: Math.max(one.cls, other.cls),
      inp: Math.max(one.inp, other.inp),
      kB: Math.max(one.kB, other.kB),
    })
    if (process.env.VERBOSE) console.log(JSON.stringify(felt.at(-1)))
  }
  console.log('     LCP     CLS     INP      kB  page')
  for (const { path, lcp, cls, inp, kB } of felt.sort((a, b) => b.lcp - a.lcp))
    console.log([lcp.toFixed(0), cls.toFixed(3), inp.toFixed(0), kB.toFixed(0)].map((text) => text.padStart(8)).join('') + `  ${path}`)
} finally {
  await browser.close()
  server.kill()
  await new Promise((resolve) => server.once('exit', resolve))
}

/** One visit with nothing kept from before. */
async function visit(path: string): Promise<Omit<Felt, 'path'>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    let bytes = 0
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    if (slower > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await page.addInitScript(watch)
    await page.goto(base + path)
    await page.waitForSelector('main h1')
    await settled(page)
    const kB = bytes / 1024
    await act(page)
    await pause(300)
    const told = await page.evaluate(() => (globalThis as unknown as { felt: { lcp: number; cls: number; inp: number } }).felt)
    return { ...told, kB }
  } finally {
    await context.close()
  }
}

/** Runs in the page: adds up what the browser tells of it. */
function watch(): void {
  const felt = { lcp: 0, cls: 0, inp: 0 }
  Object.assign(globalThis, { felt })
  const on = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more } as never)
  on('largest-contentful-paint', ({ startTime }) => (felt.lcp = startTime))
  on('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean }
    if (!hadRecentInput) felt.cls += value
  })
  on('event', (entry) => (felt.inp = Math.max(felt.inp, entry.duration)), { durationThreshold: 16 })
}

/** Until nothing is asked of the server for half a second, or twenty seconds at most. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 20_000 }).catch(() => undefined)
}

/** What a reader does first: sorts the table by its second column, filters it, opens what is folded. */
async function act(page: Page): Promise<void> {
  const sort = page.locator('main th button').nth(1)
  if (await sort.isVisible().catch(() => false)) await sort.click({ timeout: 5_000 }).catch(() => undefined)
  const filter = page.locator('main input[type="search"]').first()
  if (await filter.isVisible().catch(() => false)) await filter.pressSequentially('ser', { timeout: 5_000 }).catch(() => undefined)
  const fold = page.locator('main summary').first()
  if (await fold.isVisible().catch(() => false)) await fold.click({ timeout: 5_000 }).catch(() => undefined)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
