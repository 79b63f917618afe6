import { createHmac } from 'node:crypto'
import { resolve } from 'node:path'
import { secretIn } from '../ground/identity/index.ts'

/** Where the data is: `THROUGHLINE_DATA`, else `.throughline` in the working folder. */
export function dataFolder(): string {
  return resolve(process.env.THROUGHLINE_DATA ?? '.throughline')
}

/** The key for pseudonyms and sealed secrets: `THROUGHLINE_SECRET`, else made once in the data folder, readable by its owner alone. */
export function secretOf(folder: string): Buffer {
  const { THROUGHLINE_SECRET: stated } = process.env
  return stated ? createHmac('sha256', 'throughline').update(stated).digest() : secretIn(folder)
}

/** What lets in whoever can read the secret of the data folder, also when tokens exist. */
export function localKeyFrom(secret: Buffer): string {
  return createHmac('sha256', secret).update('command line on this machine').digest('hex')
}
