import { describe, expect, it } from 'vitest'
import { readStatus } from './status.ts'

const line = (...texts: string[]) => readStatus(texts.map((text) => ({ text, listed: false })))
const list = (...texts: string[]) => readStatus(texts.map((text) => ({ text, listed: true })))

describe('the status of a decision', () => {
  it.each([
    ['Accepted', { status: 'accepted' }],
    ['**accepted**', { status: 'accepted' }],
    ['[accepted ]', { status: 'accepted' }],
    ['✅ Accepted.', { status: 'accepted' }],
    ['Accepted (2019-02-07)', { status: 'accepted' }],
    ['~~Proposed~~ Accepted', { status: 'accepted' }],
    ['Superseded by [ADR-12](0012-x.md)', { status: 'superseded' }],
    ['superceded by 12', { status: 'superseded', asWritten: 'superceded by 12' }],
    ['Partly superseded', { status: 'superseded', asWritten: 'Partly superseded' }],
    ['Pending', { status: 'proposed', asWritten: 'Pending' }],
    ['Implemented', { status: 'accepted', asWritten: 'Implemented' }],
    ['committed', { status: 'accepted', asWritten: 'committed' }],
    ['Not accepted', { status: 'rejected', asWritten: 'Not accepted' }],
    ['No longer valid', { status: 'deprecated', asWritten: 'No longer valid' }],
    ['Akzeptiert', { status: 'accepted', asWritten: 'Akzeptiert' }],
    ['已接受', { status: 'accepted', asWritten: '已接受' }],
    ['accepted, with doubts', { status: 'accepted', asWritten: 'accepted, with doubts' }],
    ['[ ] proposed [x] accepted', { status: 'accepted' }],
    ['proposed | accepted | rejected', { status: 'not stated', asWritten: 'proposed | accepted | rejected', unfilled: true }],
    ['Blue', { status: 'not stated', asWritten: 'Blue', unknown: true }],
    ['', { status: 'not stated' }],
  ])('%j is read as %j', (text, expected) => {
    expect(line(text)).toEqual(expected)
  })

  it('is superseded when any of its lines says so', () => {
    expect(line('Accepted', 'Superseded by [9. X](0009-x.md)')).toEqual({ status: 'superseded' })
  })

  it('stays what its first line says when a later one says what it supersedes', () => {
    expect(line('Accepted', 'Supersedes [2. Y](0002-y.md)')).toEqual({ status: 'accepted' })
  })

  it('is the latest of a dated history, else the last item of a list', () => {
    expect(list('2020-03-01 accepted', '2020-01-01 proposed')).toEqual({ status: 'accepted' })
    expect(list('proposed', 'accepted')).toEqual({ status: 'accepted' })
  })
})
