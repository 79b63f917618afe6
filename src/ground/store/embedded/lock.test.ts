import { expect, test } from 'vitest'
import { dataFolder } from '../../../../test/support/store.ts'
import { startProcess } from '../../../../test/support/store/process.ts'
import { lockHolder, openStore } from '../index.ts'

test('a second process is refused and told who holds the folder and where to reach it', async () => {
  const { folder, remove } = await dataFolder()
  expect(await lockHolder(folder)).toBeNull()
  const first = startProcess('hold-folder.ts', [folder, 'http://127.0.0.1:4400'])
  expect(await first.line()).toBe('open')

  const second = startProcess('hold-folder.ts', [folder])
  const problem = JSON.parse(await second.line())
  expect(problem).toMatchObject({ code: 'store.locked', file: folder })
  expect(problem.message).toContain(`process ${first.child.pid}`)
  expect(problem.fix).toContain('http://127.0.0.1:4400')
  expect(await lockHolder(folder)).toMatchObject({ pid: first.child.pid, address: 'http://127.0.0.1:4400', since: expect.any(Number) })

  first.child.stdin.end()
  await first.ended
  expect(await lockHolder(folder)).toBeNull()
  await remove()
})

test('the folder is free again the moment its holder is killed', async () => {
  const { folder, remove } = await dataFolder()
  const first = startProcess('hold-folder.ts', [folder, 'http://127.0.0.1:4400'])
  expect(await first.line()).toBe('open')
  first.child.kill('SIGKILL')
  await first.ended
  expect(await lockHolder(folder)).toBeNull() // although its note is still there
  const store = await openStore({ folder })
  expect(await lockHolder(folder)).toMatchObject({ pid: process.pid, address: null })
  await expect(openStore({ folder })).rejects.toMatchObject({ problem: { code: 'store.locked' } })
  await store.close()
  await remove()
})

test('of many processes that start at once exactly one gets the folder', async () => {
  const { folder, remove } = await dataFolder()
  const processes = Array.from({ length: 4 }, () => startProcess('hold-folder.ts', [folder]))
  const answers = await Promise.all(processes.map((one) => one.line()))
  expect(answers.filter((answer) => answer === 'open')).toHaveLength(1)
  expect(answers.filter((answer) => answer.includes('store.locked'))).toHaveLength(3)
  for (const one of processes) one.child.stdin.end()
  await Promise.all(processes.map((one) => one.ended))
  await remove()
})
