/**
 * A process that looks at burns and tells of them until it is killed, for test/faults/alerts:
 * `node test/support/looks-at-burns.ts <folder> <file of the minute> <last minute>`. Its clock is the minute in the file, which
 * goes on by one after each look; killed in between, the same minute is looked at again.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { MINUTE } from '../../src/ground/core/index.ts'
import { allowedAddresses } from '../../src/ground/intake/index.ts'
import { openStore } from '../../src/ground/store/index.ts'
import { deliverAlerts, installReliability, lookAtBurns } from '../../src/houses/reliability/index.ts'
import { testGround } from './ground.ts'

const [, , target = '', file = '', last = '0'] = process.argv
const START = Date.parse('2026-06-01T12:00:00Z')
const store = await openStore(target.startsWith('postgres') ? { databaseUrl: target } : { folder: target })
const ground = await testGround({ store, now: START, install: [installReliability], outgoing: { allowed: allowedAddresses('127.0.0.1') } })
for (let minute = Number(readFileSync(file, 'utf8')); minute <= Number(last); minute += 1) {
  ground.setNow(START + minute * MINUTE)
  await lookAtBurns(ground)
  await deliverAlerts(ground, new AbortController().signal)
  // The file is never half written: its new content takes its place at once.
  writeFileSync(`${file}.next`, String(minute + 1))
  renameSync(`${file}.next`, file)
}
await store.close()
