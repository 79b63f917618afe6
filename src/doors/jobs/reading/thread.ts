/** Reads one folder of intent files in a thread of its own; started by `readInThread`, one request at a time after the summary. */
import { parentPort, workerData } from 'node:worker_threads'
import { kindsOnly } from '../../../main.ts'
import { readFolder } from '../../../sources/files/index.ts'
import type { Ask, Piece, Summary } from './messages.ts'

/** JSON of one piece at most, unless one entity alone is larger: taken in by the other thread in a few milliseconds. */
const PIECE_CHARACTERS = 256 * 1024

const port = parentPort!
const read = await readFolder(String(workerData), { checkDraft: kindsOnly().checkDraft })
const { files, documents, unreadable, drafts, problems } = read
port.on('message', (ask: Ask) => {
  const piece: Piece = ask.ask === 'locate' ? ask.problems.map((problem) => read.locate(problem)) : pieceOf(ask)
  port.postMessage(piece)
})
port.postMessage({ files, documents, unreadable, drafts: drafts.length, problems: problems.length } satisfies Summary)

function pieceOf({ ask, from }: Exclude<Ask, { ask: 'locate' }>): Piece {
  const list = ask === 'drafts' ? drafts : problems
  let to = from
  for (let characters = 0; to < list.length && characters < PIECE_CHARACTERS; to += 1) characters += JSON.stringify(list[to]).length
  return list.slice(from, to)
}
