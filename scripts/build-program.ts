/**
 * Builds the program in one piece: a command then loads a few files instead of 1,700. Set-up does it when the sources changed.
 * @decision 0040
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import { builtFrom, stateOfSources } from '../bin/program.cjs'

const root = join(import.meta.dirname, '..')
/** Packages that look for files beside themselves. */
const LEFT_OUT = ['@electric-sql/pglite', 'highs', 'nodemailer', 'pg', 'pino', 'piscina']
/** The last one may be running. */
const KEPT = 2

/** Whoever asks where a source lies is told so; threads are started from there, and files found beside it. */
const asIfInPlace: Plugin = {
  name: 'as-if-in-place',
  transform(code, id) {
    if (!code.includes('import.meta.') || id.includes('node_modules')) return undefined
    return code
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
  },
}

const folder = dirname(builtFrom(stateOfSources()))
const unfinished = `${folder}.${process.pid}`
try {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [asIfInPlace],
    build: {
      ssr: true,
      outDir: unfinished,
      target: 'node24',
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { throughline: join(root, 'src', 'doors', 'cli', 'index.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true, external: LEFT_OUT },
  })
  renameSync(unfinished, folder)
} catch (error) {
  rmSync(unfinished, { recursive: true, force: true })
  if (!existsSync(folder)) throw error // otherwise another start built the same
}
const built = readdirSync(dirname(folder))
  .map((name) => ({ path: join(dirname(folder), name), at: statSync(join(dirname(folder), name)).mtimeMs }))
  .sort((one, other) => other.at - one.at)
for (const { path } of built.slice(KEPT)) rmSync(path, { recursive: true, force: true })
