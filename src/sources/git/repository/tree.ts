import { NulSplitter } from '../log/nul-splitter.ts'
import { readText } from '../log/text.ts'
import { firstFault } from '../program/failure.ts'
import type { Isolated } from './isolate.ts'

/** A file of a commit's tree. */
export interface TreeFile {
  path: string
  blob: string
}

export interface Tree {
  /** Regular files somebody asked for, in the order of the tree. */
  wanted: TreeFile[]
  /** Paths of submodules. */
  submodules: string[]
  files: number
  /** Git's words when the tree could not be read to its end. */
  fault: string | null
}

const LONGEST_LINE = 16_384

/** Lists a commit's tree, once, and keeps the regular files `wants` asks for. Symbolic links are never followed. */
export async function readTree(objects: Isolated, commit: string, wants: (path: string) => boolean): Promise<Tree> {
  const tree: Tree = { wanted: [], submodules: [], files: 0, fault: null }
  const git = objects.stream(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit])
  const lines = new NulSplitter(LONGEST_LINE)
  const take = (piece: Buffer) => {
    const line = readText(piece)
    const path = line.slice(line.indexOf('\t') + 1)
    const [mode, , blob = ''] = line.slice(0, line.length - path.length - 1).split(' ')
    if (mode === '160000') tree.submodules.push(path)
    else tree.files++
    if (mode?.startsWith('100') && wants(path)) tree.wanted.push({ path, blob })
  }
  for await (const chunk of git.output) lines.push(chunk, take)
  const exit = await git.exit
  if (exit.code !== 0) tree.fault = firstFault(exit.stderr)
  return tree
}
