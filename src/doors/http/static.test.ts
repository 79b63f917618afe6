import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, expect, it } from 'vitest'
import type { DoorEnv } from './caller.ts'
import { serveWeb } from './static.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-web-'))
mkdirSync(join(folder, 'assets'))
const script = 'export const answer = 42\n'.repeat(50)
writeFileSync(join(folder, 'assets', 'app.js'), script)
writeFileSync(join(folder, 'assets', 'app.js.gz'), gzipSync(script))
writeFileSync(join(folder, 'index.html'), '<!doctype html>')
afterAll(() => rmSync(folder, { recursive: true }))

const app = new Hono<DoorEnv>()
serveWeb(app, folder)
const read = (path: string, takes?: string) => app.request(path, takes === undefined ? {} : { headers: { 'accept-encoding': takes } })

it('a file goes out packed to whoever takes it so, and as it is to everybody else', async () => {
  const packed = await read('/assets/app.js', 'br, gzip;q=0.8')
  expect(Object.fromEntries(packed.headers)).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': String(gzipSync(script).length),
    vary: 'accept-encoding',
  })
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(script)
  for (const takes of [undefined, 'br', 'gzip;q=0', 'identity']) {
    const plain = await read('/assets/app.js', takes)
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(script)
  }
})

it('an address that is no file is the app itself, a missing asset is a miss', async () => {
  expect(await (await read('/delivery/delivery.change_lead_time', 'gzip')).text()).toBe('<!doctype html>')
  expect((await read('/assets/gone.js', 'gzip')).status).toBe(404)
})
