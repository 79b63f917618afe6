import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DEFAULT_NAMESPACE } from '../../../ground/core/index.ts'
import { namespaceOf } from './names.ts'

/** Folder names that say nothing about whose decisions these are. */
export const GENERIC_FOLDER =
  /^(?:m?adrs?|decisions?|decision[-_ ]\w+|architectur(?:e|al)(?:[-_ ]\w+)*|adl|docs?|documentation|arch|design|src|content|wiki|technical|\d+)$/i

/**
 * The namespace of a record when the caller gives none: the name of its repository (catalog-info, else manifest, else
 * folder), and outside of a repository the nearest folder with a name of its own.
 * @param folder absolute path of the folder the record lies in
 */
export async function recordNamespace(folder: string): Promise<string> {
  let named: string | null = null
  for (let here = folder; ; here = dirname(here)) {
    const name = here.split(/[\\/]/).at(-1)!
    if (named === null && !GENERIC_FOLDER.test(name) && name !== '') named = name
    if (await exists(join(here, '.git'))) return namespaceOf((await repositoryName(here)) ?? name)
    if (dirname(here) === here) return named === null ? DEFAULT_NAMESPACE : namespaceOf(named)
  }
}

const NAMES: readonly { file: string; name: RegExp }[] = [
  { file: 'catalog-info.yaml', name: /^kind:\s*["']?Component\b[\s\S]*?^metadata:\s*\n(?:[ \t]+.*\n)*?[ \t]+name:\s*["']?([\w.-]+)/m },
  { file: 'package.json', name: /^\s{0,4}"name"\s*:\s*"(?:@[^/"]+\/)?([^"]+)"/m },
  { file: 'pyproject.toml', name: /^name\s*=\s*"([^"]+)"/m },
  { file: 'Cargo.toml', name: /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/m },
  { file: 'go.mod', name: /^module\s+\S*?([\w.-]+?)(?:\/v\d+)?\s*$/m },
]

async function repositoryName(root: string): Promise<string | null> {
  for (const { file, name } of NAMES) {
    const text = await readFile(join(root, file), 'utf8').catch(() => '')
    const match = text.length < 1_000_000 ? name.exec(text) : null
    if (match) return match[1]!
  }
  return null
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
