import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type Benchmark, parseBenchmarks } from './benchmark.ts'

let kept: Benchmark[] | undefined

/** All benchmarks that come with the product, the newest first. A file that cannot be read is a fault of the installation. */
export function allBenchmarks(folder = benchmarksFolder()): Benchmark[] {
  if (kept) return kept
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const read = files.flatMap((name) => {
    const { benchmarks, problems } = parseBenchmarks(parse(readFileSync(join(folder, name), 'utf8')))
    if (problems.length > 0) throw new Error(`${name}: ${problems[0]!.path}: ${problems[0]!.message}`)
    return benchmarks
  })
  return (kept = read.sort((a, b) => (a.published < b.published ? 1 : a.published > b.published ? -1 : a.id < b.id ? -1 : 1)))
}

/** The nearest `benchmarks` folder above this file. */
function benchmarksFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'benchmarks', 'README.md'))) {
    if (folder === dirname(folder)) throw new Error('The folder of benchmarks is missing from this installation.')
    folder = dirname(folder)
  }
  return join(folder, 'benchmarks')
}
