import { existsSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'

const FILE = join(import.meta.dirname, '..', '..', '..', 'bin', 'throughline.cjs')

/** How the command line is called where this server was started: by its name once that is on the path, else by its file. */
export function commandLine(path = process.env.PATH ?? '', folder = process.cwd()): string {
  const named = path.split(delimiter).some((place) => place !== '' && existsSync(join(place, 'throughline')))
  return named ? 'throughline' : `node ${relative(folder, FILE)}`
}
