import { Refusal } from '../../../ground/core/index.ts'
import { logCommand, readLog } from '../log/read.ts'
import { firstFault, gitFailure } from '../program/failure.ts'
import type { GitExit } from '../program/run.ts'
import { readObjects } from '../repository/objects.ts'
import type { Isolated } from '../repository/isolate.ts'
import type { Repository } from '../repository/open.ts'
import { Story } from './story.ts'

/** A place where history could not be followed because an object is missing or damaged. */
export interface Hole {
  /** Commits whose parents could not be read. */
  beside: string[]
  /** The parents that could not be read. */
  objects: string[]
}

const MOST_HOLES = 50

/**
 * Reads the messages of everything some commits reach. Where an object is missing, the commits beside it are taken for
 * the beginning of history and the rest is read; the holes are told.
 * @throws Refusal `git.damaged` when a head itself cannot be read, or there are too many holes
 */
export async function readStory(
  repository: Repository,
  heads: readonly string[],
  how: { mailmap: string | null; onRead: (commits: number) => void },
): Promise<{ story: Story; holes: Hole[] }> {
  const holes: Hole[] = []
  for (;;) {
    const story = new Story({
      digits: heads[0]!.length === 64 ? 64 : 40,
      mainBranch: repository.branch,
      boundary: repository.objects.boundary,
    })
    const git = repository.objects.stream([...logCommand('log', how.mailmap), '--end-of-options', ...heads, '--'])
    const exit = await readLog(git, false, (entries) => {
      for (const entry of entries) story.add(entry)
      how.onRead(story.history.order.length)
    })
    if (exit.code === 0) return { story, holes }
    const hole = await holeIn(repository.objects, story, heads, exit)
    if (hole.beside.length === 0 || holes.length === MOST_HOLES) throw damaged(repository.path, exit)
    holes.push(hole)
    await repository.objects.cut(hole.beside)
  }
}

/**
 * Finds the commits next to the objects git complained of. Git reads the parents of a commit before it shows the commit, so
 * the one beside a hole is among those not shown yet: named by a commit that was, or a head.
 */
async function holeIn(objects: Isolated, { history }: Story, heads: readonly string[], exit: GitExit): Promise<Hole> {
  const complained = new Set([...exit.stderr.matchAll(OBJECT_NAME)].map(([name]) => name))
  const ahead = new Set(heads.filter((head) => history.find(head) === -1))
  for (let name = 0; name < history.names; name++) if (!history.wasRead(name)) ahead.add(history.sha(name))
  const contents = await readObjects(
    objects,
    [...ahead].filter((name) => !objects.boundary.has(name)),
  )
  const missing = [...contents].flatMap(([name, content]) =>
    parentsIn(content)
      .filter((parent) => complained.has(parent))
      .map((parent) => ({ name, parent })),
  )
  return { beside: [...new Set(missing.map(({ name }) => name))], objects: [...new Set(missing.map(({ parent }) => parent))] }
}

const OBJECT_NAME = /\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/g

function parentsIn(commit: Buffer): string[] {
  const header = commit.toString('latin1', 0, Math.max(0, commit.indexOf('\n\n')))
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]!)
}

function damaged(path: string, exit: GitExit): Refusal {
  if (!/\b[0-9a-f]{40,64}\b/.test(exit.stderr)) return gitFailure(path, exit)
  return new Refusal('git.damaged', `The history at ${path} cannot be read: ${firstFault(exit.stderr)}.`, {
    file: path,
    fix: 'Run "git fsck --full" in it to see what is damaged, then fetch it again from where it came.',
  })
}
