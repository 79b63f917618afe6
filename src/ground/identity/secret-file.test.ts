import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../../../test/support/store.ts'
import { secretIn } from './index.ts'

test('a secret is made once, whole, for its owner alone, and stays', async () => {
  const { folder, remove } = await testFolder()
  const data = join(folder, 'not', 'there', 'yet')
  const secret = secretIn(data)
  expect(secret).toHaveLength(32)
  expect(secretIn(data)).toEqual(secret)
  expect(readdirSync(data)).toEqual(['secret'])
  if (process.platform !== 'win32') expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
  await remove()
})

test.each(['', 'abc', `${'0'.repeat(63)}g`])('a damaged secret %j is refused with what hangs on it, and left as it is', async (written) => {
  const { folder, remove } = await testFolder()
  writeFileSync(join(folder, 'secret'), written)
  expect(() => secretIn(folder)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'identity.secret_damaged',
        file: join(folder, 'secret'),
        fix: expect.stringContaining('THROUGHLINE_SECRET'),
      }),
    }),
  )
  expect(readdirSync(folder)).toEqual(['secret'])
  await remove()
})
