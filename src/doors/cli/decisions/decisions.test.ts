import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../../../../test/support/folder.ts'
import { writeNewRecord } from './new-record.ts'
import { supersedeInFolder } from './supersede-files.ts'

const wish = (title: string, number?: number) => ({ title, date: '2026-05-04', ...(number === undefined ? {} : { number }) })
const record = (title: string, status: string) => `# ${title}\n\n## Status\n\n${status}\n\n## Context\n\nWhy.\n`

test('a new record takes a number that is free on every branch, not only here', async () => {
  const repository = testFolder({ 'docs/adr/001-first.md': record('1. First', 'Accepted') })
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=dev-1', '-c', 'user.email=dev-1@example.org', ...args], { stdio: 'pipe' })
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-qm', 'one')
  git('checkout', '-qb', 'other')
  const folder = join(repository, 'docs/adr')
  expect(await writeNewRecord(folder, wish('On another branch'))).toMatchObject({ number: 2, taken: [] })
  git('add', '.')
  git('commit', '-qm', 'two')
  git('checkout', '-q', 'main')
  const written = await writeNewRecord(folder, wish('Here'))
  expect(written).toMatchObject({ number: 3, taken: [{ number: 2, file: '002-on-another-branch.md', ref: 'other' }] })
  expect(readdirSync(folder).sort()).toEqual(['001-first.md', '003-here.md'])
  await expect(writeNewRecord(folder, wish('Insists', 2))).rejects.toThrow('Number 2 is taken by 002-on-another-branch.md on other')
  expect(await writeNewRecord(join(testFolder({}), 'no/folder/yet'), wish('No repository'))).toMatchObject({ number: 1 })
})

test('superseding writes both files or neither, and refuses a third, itself and a circle', () => {
  const folder = testFolder({
    'adr/0001-a.md': record('1. A', 'Accepted'),
    'adr/0002-b.md': record('2. B', 'Accepted'),
    'adr/0003-c.md': record('3. C', 'Accepted'),
    'adr/0004-latin.txt': 'no record',
  })
  const adr = join(folder, 'adr')
  const read = () => readdirSync(adr).map((name) => readFileSync(join(adr, name), 'utf8'))
  expect(supersedeInFolder(adr, '1', '0002-b.md').changed).toHaveLength(2)
  const after = read()
  expect(after[0]).toBe(record('1. A', 'Superseded by [2. B](0002-b.md)'))
  expect(after[1]).toBe(record('2. B', 'Accepted\n\nSupersedes [1. A](0001-a.md)'))
  expect(supersedeInFolder(adr, '1', '2').changed).toEqual([])
  expect(() => supersedeInFolder(adr, '1', '3')).toThrow('0001-a.md is superseded already, by 0002-b.md')
  expect(() => supersedeInFolder(adr, '2', '1')).toThrow('in a circle')
  expect(() => supersedeInFolder(adr, '2', '2')).toThrow('cannot supersede itself')
  expect(() => supersedeInFolder(adr, '2', '9')).toThrow(`No record in ${adr} is called 9`)
  expect(read()).toEqual(after)
  writeFileSync(join(adr, '0005-odd.md'), Buffer.from([0x23, 0x20, 0xe9]))
  expect(() => supersedeInFolder(adr, '2', '3')).toThrow('0005-odd.md is not UTF-8')
})
