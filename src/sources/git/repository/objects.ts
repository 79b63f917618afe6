import { readText } from '../log/text.ts'
import type { Isolated } from './isolate.ts'

const LIMITS = { largest: 1024 * 1024, altogether: 48 * 1024 * 1024 }
/** Bytes of one object, and of all of them. */
export type Limits = typeof LIMITS

/**
 * Reads many objects with two git processes: one asks for sizes, one for content. Missing objects and those above a
 * limit (one megabyte unless said) are left out, so that a hostile file costs nothing.
 * @returns content by object name
 */
export async function readObjects(
  objects: Isolated,
  names: readonly string[],
  { largest, altogether } = LIMITS,
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>()
  if (names.length === 0) return contents
  const asked = [...new Set(names)]
  const sizes = await objects.run(['cat-file', '--batch-check=%(objectname) %(objectsize)'], `${asked.join('\n')}\n`)
  let total = 0
  const fitting = sizes.output
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const [name = '', size = ''] = line.split(' ')
      if (!/^\d+$/.test(size) || Number(size) > largest || total + Number(size) > altogether) return []
      total += Number(size)
      return [name]
    })
  if (fitting.length === 0) return contents
  const { output } = await objects.run(['cat-file', '--batch=%(objectname) %(objectsize)'], `${fitting.join('\n')}\n`)
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at)
    if (end === -1) break
    const [name = '', size = ''] = output.toString('latin1', at, end).split(' ')
    at = end + 1
    if (!/^\d+$/.test(size)) continue // damaged: said in one line without content
    contents.set(name, output.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return contents
}

/** The text of files, by path; files that could not be read are left out. */
export async function readFiles(
  objects: Isolated,
  files: readonly { path: string; blob: string }[],
  limits: Limits = LIMITS,
): Promise<Map<string, string>> {
  const contents = await readObjects(
    objects,
    files.map((file) => file.blob),
    limits,
  )
  return new Map(
    files.flatMap(({ path, blob }) => (contents.has(blob) ? [[path, readText(contents.get(blob)!).replace(/^\uFEFF/, '')] as const] : [])),
  )
}
