import { once } from 'node:events'
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, testFolder } from '../../support/store.ts'
import { event, lines, startCommand, throughline } from '../../support/throughline.ts'

let data: string
let files: string
const remove: (() => Promise<void>)[] = []
beforeAll(async () => {
  const [store, place] = [await dataFolder(), await testFolder()]
  data = store.folder
  files = place.folder
  remove.push(store.remove, place.remove)
})
afterAll(async () => {
  for (const one of remove) await one()
})

const MEGABYTE = 1024 * 1024
/** With little room for garbage, so that what is collected at leisure on a busy machine does not look as if it were held. */
const watched = { nodeArgs: ['--max-old-space-size=128', '--import', new URL('../../support/peak-memory.ts', import.meta.url).href] }

/** Runs an import and tells the most memory its process ever had. */
async function measured(args: string[], feed?: (write: (piece: string) => Promise<void>) => Promise<void>) {
  const peakFile = join(files, 'peak')
  const running = startCommand(['import', ...args, '--json'], {
    data,
    ...watched,
    env: { PEAK_MEMORY: peakFile },
    ...(feed ? { stdin: 'open' as const } : {}),
  })
  const stdin = running.child.stdin!
  await feed?.(async (piece) => {
    if (!stdin.write(piece)) await once(stdin, 'drain')
  })
  stdin.end()
  const run = await running.ended
  return { run, told: JSON.parse(run.out) as object, peak: Number(readFileSync(peakFile, 'utf8')) }
}

test('a line of 200 MB in a file or on standard input is named by its number, in bounded memory, and the rest is kept', async () => {
  const small = await measured(['-'], (write) => write(lines([event('small')])))
  const huge = async (write: (piece: string) => Promise<void>) => {
    await write(`${lines([event('before')])}{"kind":"event","data":"`)
    for (let sent = 0; sent < 200; sent += 1) await write('x'.repeat(MEGABYTE))
    await write(`"}\n${lines([event('after')])}`)
  }
  const file = join(files, 'huge.ndjson')
  const out = createWriteStream(file)
  await huge(async (piece) => {
    if (!out.write(piece)) await once(out, 'drain')
  })
  out.end()
  await finished(out)
  const problem = { code: 'ndjson.too_long', line: 2, fix: expect.any(String) }

  const fromFile = await measured([file])
  expect(fromFile.run.code).toBe(1)
  expect(fromFile.told).toMatchObject({ accepted: 2, rejected: 1, problems: [{ ...problem, file }] })
  const fromStdin = await measured(['-'], huge)
  expect(fromStdin.told).toMatchObject({ accepted: 0, duplicates: 2, rejected: 1, problems: [{ ...problem, file: 'standard input' }] })
  // Held whole it would take 200 MB and more; what is not collected yet differs by tens of megabytes from run to run.
  for (const { peak } of [fromFile, fromStdin]) expect(peak - small.peak).toBeLessThan(120 * MEGABYTE)
})

test('wrongly encoded, compressed, cut and foreign files are named with place and fix; nothing of them is half written', async () => {
  const text = lines([event('encoded')])
  const wrong: Record<string, [content: string | Uint8Array, line: number]> = {
    'utf16.ndjson': [Buffer.from(`\uFEFF${text}`, 'utf16le'), 1],
    'utf16-unmarked.ndjson': [Buffer.from(text, 'utf16le'), 1],
    'latin1.ndjson': [Buffer.from(lines([event('Größe')]), 'latin1'), 1],
    'cut.ndjson': [`${lines([event('whole')])}${text.slice(0, 30)}`, 2],
    'cut.json': [JSON.stringify([event('whole'), event('cut')]).slice(0, -9), 1],
    'picture.ndjson': [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), 1],
  }
  for (const [name, [content, line]] of Object.entries(wrong)) {
    const file = join(files, name)
    writeFileSync(file, content)
    const run = await throughline(['import', file, '--json'], { data })
    expect(run.code, name).toBe(1)
    const [problem] = (JSON.parse(run.out) as { problems: object[] }).problems
    expect(problem, name).toMatchObject({ file, line, message: expect.any(String), fix: expect.any(String) })
  }
  const missing = await throughline(['import', join(files, 'nothing.ndjson')], { data })
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('There is nothing at')])
})
