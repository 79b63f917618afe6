import { rm, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { dataFolder } from '../../../../test/support/store.ts'
import { startProcess } from '../../../../test/support/store/process.ts'

test('on a full disk writes are refused and nothing acknowledged is lost; with room again it goes on by itself', async () => {
  const { folder, remove } = await dataFolder()
  const full = `${folder}.full`
  const preload = new URL('../../../../test/support/store/watch-disk.ts', import.meta.url)
  const writer = startProcess('write-rows.ts', [folder], { nodeArgs: ['--import', preload.href], env: { WATCH_DISK: `full:${full}` } })
  const kept: number[] = JSON.parse(await writer.line())
  const readUntil = async (wanted: (line: string) => boolean) => {
    for (;;) {
      const line = await writer.line()
      if (/^\d+$/.test(line)) kept.push(Number(line))
      if (wanted(line)) return line
    }
  }
  await readUntil((line) => line === '5')
  await writeFile(full, '')
  const refusal = JSON.parse(await readUntil((line) => line.startsWith('{')))
  expect(refusal).toMatchObject({ code: 'store.disk_full', fix: expect.stringContaining('Free some space') })
  await rm(full)
  const before = kept.length
  await readUntil(() => kept.length >= before + 5)
  writer.child.stdin.write('stop\n')
  await readUntil((line) => line === 'closed')

  const reader = startProcess('write-rows.ts', [folder, '0'])
  const found: number[] = JSON.parse(await reader.line())
  expect(kept.filter((n) => !found.includes(n))).toEqual([])
  expect(new Set(found).size).toBe(found.length)
  await reader.ended
  await remove()
})
