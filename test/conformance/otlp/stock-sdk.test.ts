import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServiceView } from '../../../src/houses/reliability/index.ts'
import { dataFolder } from '../../support/store.ts'
import { freePort, type Server, startServer } from '../../support/throughline.ts'

let server: Server
let remove: () => Promise<void>
let telemetryPort: number
const children: ChildProcess[] = []

beforeAll(async () => {
  const made = await dataFolder()
  remove = made.remove
  telemetryPort = await freePort()
  server = await startServer({ data: made.folder, env: { OTEL_PORT: String(telemetryPort) } })
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await server.stop()
  await remove()
})

/** Starts a service with the SDK as it comes; it says the port it listens on. */
async function service(name: string, env: Record<string, string>): Promise<{ url: string; end: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'service.cjs')], {
    env: { PATH: process.env.PATH, OTEL_SERVICE_NAME: name, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const port = await new Promise<string>((ready, failed) => {
    child.stdout.once('data', (line: Buffer) => ready(line.toString().trim()))
    child.once('exit', (code) => failed(new Error(`${name} ended with ${code}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    // What was recorded goes out when the SDK shuts down.
    end: () =>
      new Promise((ended) => {
        child.removeAllListeners('exit')
        child.once('exit', ended)
        child.stdin.end()
      }),
  }
}

test('services with the stock SDK, pointed at us, reveal their calls, each other and what their logs complain of', async () => {
  // One sends protobuf to the port that SDKs expect, the other JSON, packed, to the main port.
  const stock = await service('stock', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${telemetryPort}` })
  const shop = await service('shop', {
    BEHIND: stock.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  })
  for (const path of ['/orders/1001', '/orders/1002', '/orders/1003', '/fail/1004']) await fetch(shop.url + path)
  expect(await Promise.all([shop.end(), stock.end()])).toEqual([0, 0])

  const view = await server.get<ServiceView>('/api/telemetry/component:default/shop')
  const served = view.operations.filter(({ kind }) => kind === 'server')
  expect(served.reduce((sum, { calls }) => sum + calls, 0)).toBe(4)
  expect(served.reduce((sum, { errors }) => sum + errors, 0)).toBe(1)
  expect(served.find(({ errors }) => errors > 0)?.errorTrace?.id).toMatch(/^[0-9a-f]{32}$/)
  expect(view.calls).toMatchObject([{ caller: 'component:default/shop', callee: 'component:default/stock', calls: 4, errors: 1 }])
  expect(view.patterns).toMatchObject([{ template: 'order <*> failed', severity: 'error', lines: 1, trace: { id: expect.any(String) } }])
  expect(view.reveals).toMatchObject({ traces: true, metrics: true, logs: true, structuredLogs: true, correlatedLogs: true })

  const map = await server.get<{ nodes: { ref: string }[]; edges: object[] }>('/api/telemetry/map')
  expect(map.nodes.map(({ ref }) => ref).sort()).toEqual(['component:default/shop', 'component:default/stock'])
  expect((await fetch(`http://127.0.0.1:${telemetryPort}/api/slos`)).status).toBe(404)
})
