import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../../ground/core/index.ts'
import { type NewRecord, numbersIn, readLogFolder, recordFileName, recordText } from '../../../sources/files/index.ts'
import { filesOnRefs } from '../../../sources/git/index.ts'

/** A record that was written to a folder. */
export interface WrittenRecord {
  file: string
  number: number
  /** Numbers that were free in the folder, but not on other branches of its repository. */
  taken: { number: number; file: string; ref: string }[]
}

/**
 * Writes a record from the template under the next number that is free in the folder and on every branch of its
 * repository, so that two people who write at once do not take the same.
 * @param wish.number insists on one; refused where it is taken
 */
export async function writeNewRecord(folder: string, wish: Omit<NewRecord, 'number'> & { number?: number }): Promise<WrittenRecord> {
  const log = readLogFolder(folder)
  if (!log.ok) throw new Refusal(log.problems[0]!.code, log.problems[0]!.message, { fix: log.problems[0]!.fix, file: folder })
  const here = log.value.records.flatMap(({ path, number }) => (number === null ? [] : [{ name: path, number, ref: null }]))
  const elsewhere = ((await filesOnRefs(folder)) ?? []).flatMap(({ name, ref }) => numbersIn([name]).map((one) => ({ ...one, ref })))
  const own = new Set(here.map(({ number }) => number))
  const insisted = wish.number === undefined ? null : [...here, ...elsewhere].find(({ number }) => number === wish.number)
  if (insisted)
    throw new Refusal(
      'decision.number_taken',
      `Number ${wish.number} is taken by ${insisted.name}${insisted.ref ? ` on ${shortRef(insisted.ref)}` : ''}`,
      {
        status: 409,
        fix: 'Leave the number out and the next free one is taken.',
        file: join(folder, insisted.name),
      },
    )
  const next = (numbers: readonly number[]) => Math.max(0, ...numbers) + 1
  const number = wish.number ?? next([...own, ...elsewhere.map((one) => one.number)])
  const nextHere = next([...own])
  const file = join(folder, recordFileName({ ...wish, number }, log.value.digits))
  writeWhole(file, recordText({ ...wish, number }))
  return {
    file,
    number,
    taken: elsewhere
      .filter((one) => one.number >= nextHere && one.number < number && !own.has(one.number))
      .sort((a, b) => a.number - b.number)
      .map((one) => ({ number: one.number, file: one.name, ref: shortRef(one.ref) })),
  }
}

/** All of the file or none of it, and never over one that is there. */
function writeWhole(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  const beside = `${file}.${process.pid}.part`
  try {
    writeFileSync(beside, text, { flag: 'wx' })
    linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Refusal('decision.file_exists', `${file} is there already`, { status: 409, fix: 'Choose another title or number.', file })
  } finally {
    rmSync(beside, { force: true })
  }
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes)\//, '')
}
