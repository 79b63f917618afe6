import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { olderFirst } from './counted.ts'

const KEY = ['work.share', {}] as const

/** A page that shows what `read` answers, and how old the answers were that it would have taken. */
function page(ages: readonly number[]) {
  const client = new QueryClient()
  const asked: number[] = []
  const left = [...ages]
  const query = {
    queryKey: KEY,
    queryFn: () =>
      olderFirst(client, KEY, async (maxStale) => {
        asked.push(maxStale)
        return { answer: `answer ${asked.length}`, ageSeconds: left.shift()! }
      }),
  }
  return { client, asked, query, shown: () => client.getQueryData(KEY) }
}

test('a page begins with an older answer, and a newer one takes its place by itself', async () => {
  const { client, asked, query, shown } = page([600, 0])
  expect(await client.fetchQuery(query)).toBe('answer 1')
  await expect.poll(shown).toBe('answer 2')
  expect(asked).toEqual([86_400, 5])
})

test('an answer that was being made a moment ago is not taken for the newer one: there is a third question', async () => {
  const { client, asked, query, shown } = page([600, 3, 0])
  await client.fetchQuery(query)
  await expect.poll(shown).toBe('answer 3')
  expect(asked).toEqual([86_400, 5, 0])
})

test('what counts all there is stays, and after something was done only such an answer will do', async () => {
  const { client, asked, query } = page([0, 0])
  await client.fetchQuery(query)
  expect(asked).toEqual([86_400])
  await client.fetchQuery(query)
  expect(asked).toEqual([86_400, 0])

  const other = page([600, 0, 0])
  await other.client.fetchQuery(other.query)
  await other.client.invalidateQueries({ queryKey: KEY })
  await other.client.fetchQuery(other.query)
  expect(other.asked.slice(0, 2)).toEqual([86_400, 0])
})
