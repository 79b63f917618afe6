import { join } from 'node:path'
import { refuse, type Result } from '../../ground/core/index.ts'
import { readBytes } from './bytes.ts'
import { formatBytes } from './limits.ts'
import { decodeText } from './text.ts'
import type { Visit } from './visit.ts'

/** Reads one text file of the folder within the limits of the visit. */
export async function readText(visit: Visit, path: string, limit: number): Promise<Result<string>> {
  if (visit.budget.bytes <= 0)
    return refuse('files.too_large', `The files before this one hold more than ${formatBytes(visit.limits.totalBytes)}; it was not read`, {
      fix: 'Point at the folder that holds the intent files.',
    })
  const bytes = await readBytes(join(visit.root, path), limit)
  if (!bytes.ok) return bytes
  visit.budget.bytes -= bytes.value.length
  return decodeText(bytes.value)
}
