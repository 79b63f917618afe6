import { expect, test } from 'vitest'
import { withoutTitle } from './without-title.ts'

test('a record does not repeat the title its page shows, and has no second top heading', () => {
  expect(withoutTitle('<h1 id="a">Use events</h1>\n<p>Text</p><h1>More</h1>')).toBe('\n<p>Text</p><h2>More</h2>')
  expect(withoutTitle('<p>No heading</p>')).toBe('<p>No heading</p>')
})
