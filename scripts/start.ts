/** `npm start`: builds the web app when needed, then serves. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { entry } from '../bin/program.cjs'
import { buildWeb } from './build-web.ts'

enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'))
buildWeb()
process.argv = [process.argv[0]!, process.argv[1]!, 'serve', ...process.argv.slice(2)]
await import(pathToFileURL(entry()).href)
