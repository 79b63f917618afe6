import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** Tells whether a file is the one a stopped import was reading: size, age and first bytes. */
export async function fingerprintOf(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file)
  const hash = createHash('sha256').update(`${size} ${mtimeMs} `)
  for await (const piece of createReadStream(file, { end: 65_535 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}
