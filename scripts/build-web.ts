/** Builds the web app when its sources changed since the last build; otherwise does nothing. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const built = join(root, 'dist', 'web')
const stamp = join(built, '.stamp')

/** Hash of everything the build reads. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(
    [
      'web/**/*',
      'src/doors/client/*.ts',
      'src/ground/core/{quantity,result}.ts',
      'src/houses/vision/decide/vague-words.ts',
      'docs/glossary.md',
      'package-lock.json',
      'scripts/build-web.ts',
    ],
    { cwd: root, withFileTypes: true },
  )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Writes each text packed beside itself, as the server hands it out: browsers take Brotli over https alone, gzip everywhere. */
function pack(): void {
  for (const file of globSync('**/*.{js,css,html,svg}', { cwd: built }).map((name) => join(built, name))) {
    const text = readFileSync(file)
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }))
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
  }
}

/** @returns whether a build was needed */
export function buildWeb(): boolean {
  const wanted = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  process.stderr.write('Throughline: building the web app …\n')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const run = spawnSync(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (run.status !== 0) {
    process.stderr.write('The web app could not be built; see above.\n')
    process.exit(1)
  }
  pack()
  writeFileSync(stamp, wanted)
  return true
}

if (import.meta.main) buildWeb()
