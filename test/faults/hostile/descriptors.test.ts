import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFolder } from '../../../src/sources/files/index.ts'
import { checkDraft, testFolder } from '../../support/folder.ts'
import { PORTAL_DOCUMENTS } from '../../support/portal-documents.ts'
import { variantsOf } from './variants.ts'

/** More of them, each time others, with ROUNDS=20. */
const SEEDS = Array.from({ length: Number(process.env.ROUNDS ?? 1) }, (_, n) => 20_260_601 + n)
const MEGABYTE = 1024 * 1024
const GOOD = 'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: parcels\nspec:\n  type: team\n  children: []\n'

/** JSON is YAML, so the variants of a payload are variants of a descriptor. */
test.each(Object.entries(PORTAL_DOCUMENTS))(
  '%s: fifty broken or hostile files, and the good one beside each is read',
  async (_, { file, document }) => {
    const names = file.endsWith('api.yaml') ? [file, file.replace('.yaml', '.json')] : [file]
    for (const [name, seed] of names.flatMap((name) => SEEDS.map((seed) => [name, seed] as const))) {
      const variants = variantsOf(document, seed)
      expect(variants).toHaveLength(50)
      const folder = testFolder({ 'good.yaml': GOOD })
      const before = process.memoryUsage().rss
      let heard = 0
      for (const { name: what, body } of variants) {
        writeFileSync(join(folder, name), body)
        const started = performance.now()
        const read = await readFolder(folder, { checkDraft })
        const where = `${name}, seed ${seed}: ${what} → ${JSON.stringify(read.problems).slice(0, 400)}`
        expect(
          read.drafts.map(({ kind }) => kind),
          where,
        ).toContain('Group')
        heard += read.drafts.length > 1 || read.problems.length > 0 ? 1 : 0
        for (const draft of read.drafts)
          expect(
            checkDraft(draft).filter(({ severity }) => severity === 'error'),
            where,
          ).toEqual([])
        for (const problem of read.problems)
          expect(problem, where).toMatchObject({
            code: expect.any(String),
            message: expect.stringMatching(/\S/),
            fix: expect.stringMatching(/\S/),
            file: name,
            line: expect.any(Number),
            column: expect.any(Number),
          })
        expect(performance.now() - started, where).toBeLessThan(10_000)
        expect(({} as Record<string, unknown>).polluted, where).toBeUndefined()
      }
      // The rest is cut before it says what it is, or is no text of this kind any more.
      expect(heard, name).toBeGreaterThanOrEqual(38)
      expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(500)
      rmSync(folder, { recursive: true })
    }
  },
)
