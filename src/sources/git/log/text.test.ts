import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NulSplitter } from './nul-splitter.ts'
import { clip, readText } from './text.ts'

test('valid UTF-8 is read as such, anything else as Windows-1252, and nothing is lost to replacement characters', () => {
  expect(readText(Buffer.from('naïve ✉'))).toBe('naïve ✉')
  expect(readText(Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0x96]))).toBe('café –')
  fc.assert(
    fc.property(fc.uint8Array(), (all) => {
      const bytes = Buffer.from(all)
      const text = readText(bytes)
      if (bytes.equals(Buffer.from(text))) return // it was UTF-8
      expect(text).toHaveLength(bytes.length)
      expect(text).not.toContain('\uFFFD')
    }),
  )
})

test('a text is never cut in the middle of a character', () => {
  expect(clip('ab😀', 3)).toBe('ab')
  expect(clip('ab😀', 4)).toBe('ab😀')
})

test('of an endless piece only the beginning is kept', () => {
  const splitter = new NulSplitter(5)
  const pieces: string[] = []
  const take = (piece: Buffer) => void pieces.push(piece.toString())
  for (let n = 0; n < 1000; n++) splitter.push(Buffer.from('0123456789'), take)
  splitter.push(Buffer.from('\0next\0'), take)
  expect(pieces).toEqual(['01234', 'next'])
})
