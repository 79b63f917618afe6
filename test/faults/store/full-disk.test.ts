import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { smallDisk } from '../../support/small-disk.ts'
import { dataFolder } from '../../support/store.ts'
import { event, lines, type Server, startServer, throughline } from '../../support/throughline.ts'

const REFUSED = { code: 'store.disk_full', fix: expect.stringContaining('Free some space') }

test('on a full disk a server refuses what is new, still answers, and goes on once there is room', async () => {
  const disk = await smallDisk(120)
  const made = await dataFolder()
  const data = join(disk.folder, 'store')
  cpSync(made.folder, data, { recursive: true })
  await made.remove()
  const how = { data, env: disk.env, nodeArgs: disk.nodeArgs }
  const acknowledged: object[] = []
  let sent = 0
  const post = async (server: Server) => {
    const records = Array.from({ length: 200 }, () => event(`full-${(sent += 1)}`, { data: 'x'.repeat(2_000) }))
    const response = await server.post(lines(records))
    const told = (await response.json()) as { accepted?: number }
    if (response.status === 200) acknowledged.push(...records)
    return { status: response.status, told }
  }

  let server = await startServer(how)
  expect(await post(server)).toMatchObject({ status: 200, told: { accepted: 200 } })
  disk.fill()
  await expect.poll(() => post(server), { timeout: 60_000, interval: 1 }).toMatchObject({ status: 507, told: REFUSED }) // some room was kept by the log
  for (const path of ['/readyz', '/api/evidence', '/api/records/event:faults/full-1'])
    expect((await fetch(server.url + path)).status, path).toBe(200)
  const command = await throughline(['import', '-', '--json'], { ...how, stdin: lines([event('by command')]) })
  expect([command.code, JSON.parse(command.out)]).toMatchObject([2, { error: REFUSED }])
  expect((await server.kill()).err.length).toBeLessThan(20_000) // what it said of it fills no disk either

  const inProcess = await throughline(['import', '-', '--json'], { ...how, stdin: lines([event('in process')]) })
  expect([inProcess.code, JSON.parse(inProcess.out)]).toMatchObject([2, { error: { code: 'store.disk_full' } }])

  disk.free()
  server = await startServer(how)
  expect(await post(server)).toMatchObject({ status: 200, told: { accepted: 200 } })
  disk.fill()
  await expect.poll(() => post(server), { timeout: 60_000, interval: 1 }).toMatchObject({ status: 507 })
  disk.free()
  await expect.poll(() => post(server), { timeout: 60_000, interval: 100 }).toMatchObject({ status: 200 }) // without a restart
  expect(await (await server.post(lines(acknowledged))).json()).toMatchObject({ accepted: 0, revised: 0, duplicates: acknowledged.length })
  await server.stop()
  await disk.remove()
})

test('a first start on a disk without room says so, leaves nothing half made, and works once there is room', async () => {
  const disk = await smallDisk(120)
  const data = join(disk.folder, 'new')
  const how = { data, env: disk.env, nodeArgs: disk.nodeArgs, stdin: lines([event('first')]) }
  disk.fill()
  const refused = await throughline(['import', '-', '--json'], how)
  expect([refused.code, JSON.parse(refused.out)]).toMatchObject([2, { error: { code: 'store.disk_full', fix: expect.any(String) } }])
  expect(readdirSync(data).filter((name) => /unfinished|secret|^postgres/.test(name))).toEqual([])
  disk.free()
  const tried = await throughline(['import', '-', '--json'], how)
  expect(JSON.parse(tried.out), tried.err).toMatchObject({ accepted: 1 })
  await disk.remove()

  const tooSmall = await smallDisk(20) // room to begin, but not for a database
  if (tooSmall.nodeArgs.length === 0) {
    const half = await throughline(['import', '-', '--json'], { ...how, data: join(tooSmall.folder, 'new') })
    expect([half.code, JSON.parse(half.out)]).toMatchObject([2, { error: { code: 'store.disk_full', fix: expect.any(String) } }])
    expect(readdirSync(join(tooSmall.folder, 'new'))).toEqual(['store.lock'])
  }
  await tooSmall.remove()
})
