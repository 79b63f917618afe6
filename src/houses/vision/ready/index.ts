import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import * as z from 'zod'
import { PrincipleSpec } from '../intent/index.ts'

/** A principle that comes with working signals, ready to be adopted as it is or changed. */
export const ReadyPrinciple = z.object({
  name: z.string(),
  title: z.string(),
  statement: z.string(),
  rationale: z.string().optional(),
  /** The document, to be written through `entity.write` or kept as a file. */
  doc: z.object({
    apiVersion: z.string(),
    kind: z.literal('Principle'),
    metadata: z.looseObject({ name: z.string(), title: z.string() }),
    spec: PrincipleSpec,
  }),
  /** The same as YAML, with its comments. */
  yaml: z.string(),
})
export type ReadyPrinciple = z.infer<typeof ReadyPrinciple>

let loaded: Promise<ReadyPrinciple[]> | null = null

/** The principles that come with the product, by name. */
export function readyPrinciples(): Promise<ReadyPrinciple[]> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<ReadyPrinciple[]> {
  const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.yaml')).sort()
  return Promise.all(files.map(async (file) => readyPrinciple(await readFile(`${import.meta.dirname}/${file}`, 'utf8'))))
}

function readyPrinciple(yaml: string): ReadyPrinciple {
  const doc = ReadyPrinciple.shape.doc.parse(parse(yaml))
  const { statement, rationale } = doc.spec
  return { name: doc.metadata.name, title: doc.metadata.title, statement, rationale, doc, yaml }
}
