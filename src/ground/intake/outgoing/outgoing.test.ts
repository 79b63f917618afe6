import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { Refusal } from '../../core/index.ts'
import { allowedAddresses, isPublic, Outgoing, type OutgoingOptions } from './index.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
function asking(options: Partial<OutgoingOptions> = {}): Outgoing {
  const outgoing = new Outgoing({ allowed: allowedAddresses('127.0.0.1'), userAgent: 'Throughline/test', ...options })
  open.push(() => outgoing.close())
  return outgoing
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? error.problem.code : String(error)),
  )

const HIDDEN = `
  127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.100.100.200 168.63.129.16 224.0.0.1
  255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::7f00:1 fe80::1 fe80::1%lo fc00::1 fd00:ec2::254 ff02::1 64:ff9b::a9fe:a9fe
  64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1`
  .trim()
  .split(/\s+/)

test('addresses of this machine, this network, of metadata and with another address inside are not public', () => {
  expect(HIDDEN.filter(isPublic)).toEqual([])
  expect(
    ['8.8.8.8', '140.82.121.4', '172.32.0.1', '100.128.0.1', '2606:50c0:8000::153', '2a00:1450::1'].filter((one) => !isPublic(one)),
  ).toEqual([])
  expect(isPublic('not an address')).toBe(false)
})

test('whatever carries a private IPv4 address inside an IPv6 address is as private as that', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(byte, byte, byte, (b, c, d) => {
      const hex = (high: number, low: number) => ((high << 8) | low).toString(16)
      for (const prefix of ['::ffff:', '::', '64:ff9b::', '2002:'])
        expect(isPublic(`${prefix}${hex(10, b)}:${hex(c, d)}${prefix === '2002:' ? '::' : ''}`)).toBe(false)
    }),
  )
})

test('a setting opens what it names and nothing else, and a slip in it opens nothing', () => {
  const allowed = allowedAddresses('10.0.0.0/8, fd00::/8,192.168.7.20')
  expect(['10.1.2.3', 'fd12::1', '192.168.7.20'].filter((one) => !allowed(one))).toEqual([])
  expect(['127.0.0.1', '192.168.7.21', 'fe80::1', '169.254.169.254'].filter(allowed)).toEqual([])
  expect(allowedAddresses(undefined)('127.0.0.1')).toBe(false)
  expect(allowedAddresses('all')('127.0.0.1')).toBe(true)
  for (const slip of ['true', '10.0.0.0/99', '10.0.0.0/8;127.0.0.1', '*', '10.0.0.0/'])
    expect(() => allowedAddresses(slip), slip).toThrow(/ALLOW_PRIVATE_ADDRESSES/)
})

test('an address is refused in whatever form it is written', async () => {
  let asked = 0
  const base = await serving((_, response) => {
    asked += 1
    response.end()
  })
  const { port } = new URL(base)
  const outgoing = asking({ allowed: () => false })
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0',
    '①②⑦.0.0.1',
  ])
    expect(await codeOf(outgoing.send({ url: `http://${host}:${port}/` })), host).toBe('outgoing.private_address')
  for (const url of ['file:///etc/hosts', 'ftp://127.0.0.1/', 'http://user:word@127.0.0.1/', 'nonsense', 'gopher://127.0.0.1'])
    expect(await codeOf(outgoing.send({ url })), url).toBe('outgoing.bad_address')
  expect(asked).toBe(0)
})

test('a name is judged by the address of the very connection, so one that changes its mind gains nothing', async () => {
  let asked = 0
  const base = await serving((_, response) => {
    asked += 1
    response.end('{}')
  })
  const { port } = new URL(base)
  const answers = [['192.0.2.1', '127.0.0.1'], ['127.0.0.1'], ['::1'], ['169.254.169.254']]
  const outgoing = asking({ allowed: () => false, resolve: async () => answers.shift() ?? [] })
  for (const _ of [1, 2, 3, 4])
    expect(await codeOf(outgoing.send({ url: `http://rebinding.example:${port}/` }))).toBe('outgoing.private_address')
  expect(await codeOf(outgoing.send({ url: `http://nowhere.example:${port}/` }))).toBe('outgoing.unreachable')
  expect(asked).toBe(0)
  const named = asking({ resolve: async () => ['127.0.0.1'] })
  expect(await codeOf(named.send({ url: `http://git.example:${port}/` }))).toBe('answered')
})

test('a redirect is judged like a first request, not followed for ever, nor to another scheme, and secrets stay with their origin', async () => {
  const told: (string | undefined)[] = []
  const other = await serving((request, response) => {
    told.push(request.headers.authorization)
    response.end('{}')
  })
  const base = await serving((request, response) => {
    const to: Record<string, string> = {
      '/inside': 'http://10.0.0.1/',
      '/metadata': 'http://169.254.169.254/latest/meta-data',
      '/round': '/round',
      '/secure': 'https://127.0.0.1/',
      '/file': 'file:///etc/hosts',
      '/other': other,
      '/moved': '/here',
    }
    const location = to[request.url!]
    if (request.url === '/here') told.push(request.headers.authorization)
    response.writeHead(location ? 301 : 200, location ? { location } : {}).end()
  })
  const outgoing = asking()
  const headers = { authorization: 'Bearer secret-word' }
  const send = (path: string, method: 'GET' | 'POST' = 'GET') => outgoing.send({ url: base + path, headers, method })
  expect(await codeOf(send('/inside'))).toBe('outgoing.private_address')
  expect(await codeOf(send('/metadata'))).toBe('outgoing.private_address')
  expect(await codeOf(send('/round'))).toBe('outgoing.redirect')
  expect(await codeOf(send('/secure'))).toBe('outgoing.redirect')
  expect(await codeOf(send('/file'))).toBe('outgoing.bad_address')
  expect(await codeOf(send('/moved', 'POST'))).toBe('outgoing.redirect')
  expect((await send('/other')).url).toBe(`${other}/`)
  expect((await send('/moved')).url).toBe(`${base}/here`)
  expect(told).toEqual([undefined, 'Bearer secret-word'])
})

test('time, size, packed size and headers have limits, and no error tells a secret', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  const base = await serving((request, response) => {
    const path = request.url!.replace(/\?.*/, '')
    if (path === '/slow') return
    if (path === '/large') return void response.end(Buffer.alloc(2_000_000))
    if (path === '/bomb') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    if (path === '/headers') return void response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end()
    if (path === '/damaged') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not packed')
    if (path === '/short') {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      return void setTimeout(() => request.socket.destroy(), 20)
    }
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"fine":true}'))
  })
  const outgoing = asking({ largest: 1_000_000 })
  const hurried = asking({ timeoutMs: 100 })
  const expected = {
    '/slow': 'outgoing.timeout',
    '/large': 'outgoing.too_large',
    '/bomb': 'outgoing.too_large',
    '/headers': 'outgoing.broken',
    '/damaged': 'outgoing.broken',
    '/short': /outgoing\.(?:broken|unreachable)/,
  }
  for (const [path, code] of Object.entries(expected)) {
    const url = `${base}${path}?token=secret-word#secret-word`
    const error = await (path === '/slow' ? hurried : outgoing)
      .send({ url, headers: { authorization: 'secret-word' } })
      .catch((thrown: unknown) => thrown)
    expect(error, path).toBeInstanceOf(Refusal)
    expect((error as Refusal).problem.code, path).toMatch(code)
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toContain('secret-word')
  }
  expect((await outgoing.send({ url: base })).body.toString()).toBe('{"fine":true}')
})

test('who asks to stop hears that, not that something failed', async () => {
  const base = await serving(() => {})
  const stop = new AbortController()
  const sent = asking().send({ url: base, signal: stop.signal })
  stop.abort(new Error('stopped by us'))
  await expect(sent).rejects.toThrow('stopped by us')
})
