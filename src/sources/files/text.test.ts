import { describe, expect, it } from 'vitest'
import { decodeText } from './text.ts'

describe('the encoding of a file', () => {
  it('is UTF-8, with or without a mark', () => {
    expect(decodeText(Buffer.from('\uFEFFname: Müller\n'))).toEqual({ ok: true, value: 'name: Müller\n' })
    expect(decodeText(Buffer.from('😀'))).toEqual({ ok: true, value: '😀' })
    expect(decodeText(Buffer.alloc(0))).toEqual({ ok: true, value: '' })
  })

  it.each([
    ['UTF-16 with a mark', Buffer.from('\uFEFFa: 1', 'utf16le'), 'UTF-16', 1, 1],
    ['UTF-16 without a mark', Buffer.from('a: 1', 'utf16le'), 'UTF-16', 1, 2],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'UTF-32', 1, 1],
    ['Latin-1', Buffer.from('a: 1\nname: M\xfcller\n', 'latin1'), 'Latin-1', 2, 8],
    ['a file cut in the middle of a letter', Buffer.from('name: M\xc3', 'latin1'), 'UTF-8', 1, 8],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), 'not a text', 3, 1],
  ])('is refused with its place when it is %s', (_, bytes, words, line, column) => {
    const read = decodeText(bytes)
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'files.encoding', line, column }] })
    expect(!read.ok && read.problems[0]!.message).toContain(words)
  })
})
