import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { createCatalog, type EntityDraft } from '../../src/ground/catalog/index.ts'
import type { Problem } from '../../src/ground/core/index.ts'
import type { Store } from '../../src/ground/store/index.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A fresh folder with these files, gone when the test file has run. A name that ends in a slash is an empty folder. */
export function testFolder(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-files-'))
  made.push(folder)
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(target, content)
  }
  return folder
}

const closed = new Proxy({}, { get: () => () => Promise.reject(new Error('checking a draft asks no store')) }) as Store
const catalog = createCatalog({ store: closed, clock: () => 0 })

/** The catalog's check of one document, with the kinds that several houses share. */
export function checkDraft(draft: EntityDraft): Problem[] {
  return catalog.checkDraft(draft)
}

/** The kinds behind `checkDraft`. */
export const sharedKinds = catalog.kinds()
