import { createHash } from 'node:crypto'
import { DAY, formatInstant, HOUR, MINUTE } from '../../src/ground/core/index.ts'
import type { Evidence } from '../../src/ground/ledger/index.ts'

export const SUBJECT = 'repository:default/shop'
const START = Date.parse('2024-01-01T00:00:00Z')
/** Changes between two deployments. */
const PER_DEPLOYMENT = 5

const sha = (name: string) => createHash('sha1').update(name).digest('hex')

/** The end of a history of so many changes. */
export function endOf(changes: number): number {
  return START + changes * 2 * HOUR + DAY
}

/**
 * A history like that of a busy service: changes two hours apart, three in ten merged with their commits, the others
 * squashed; one in ten a commit straight to main; a deployment every five changes, one in twenty redeployed, one in
 * fifty rolled back, one in ten followed by an incident.
 */
export function* historyOf(changes: number, from = 0): Generator<Evidence> {
  for (let index = from; index < from + changes; index++) {
    const mergedAt = START + index * 2 * HOUR
    const tip = sha(`main ${index}`)
    const parent = index === 0 ? [] : [sha(`main ${index - 1}`)]
    const authoredAt = mergedAt - (4 + (index % 90)) * HOUR
    const branch = [sha(`branch ${index} 1`), sha(`branch ${index} 2`)]
    const merge = index % 10 < 3
    if (merge) {
      yield commit(branch[0]!, parent, authoredAt, 20 + (index % 300))
      yield commit(branch[1]!, [branch[0]!], authoredAt + 2 * HOUR, 5)
    }
    yield commit(tip, merge ? [...parent, branch[1]!] : parent, mergedAt, merge ? null : 25 + (index % 300))
    if (index % 10 !== 9) {
      yield {
        kind: 'change',
        source: 'forge',
        id: String(index),
        subject: SUBJECT,
        at: formatInstant(mergedAt),
        number: index,
        title: `Change ${index}`,
        url: `https://forge.example/shop/pull/${index}`,
        openedAt: formatInstant(authoredAt + 3 * HOUR),
        firstReviewAt: formatInstant(mergedAt - HOUR / 2),
        mergedAt: formatInstant(mergedAt),
        mergeCommit: tip,
        commits: branch.map((name, place) => ({ sha: name, authoredAt: formatInstant(authoredAt + place * 2 * HOUR) })),
      } as Evidence
    }
    if (index % PER_DEPLOYMENT === PER_DEPLOYMENT - 1) yield* deploymentsOf(index, tip, mergedAt)
  }
}

function* deploymentsOf(index: number, tip: string, mergedAt: number): Generator<Evidence> {
  const number = Math.floor(index / PER_DEPLOYMENT)
  const finishedAt = mergedAt + 20 * MINUTE
  yield deployment(`d${number}`, tip, finishedAt)
  if (number % 20 === 7) yield deployment(`again${number}`, tip, finishedAt + 90 * MINUTE)
  if (number % 50 === 11)
    yield deployment(`back${number}`, sha(`main ${index - PER_DEPLOYMENT}`), finishedAt + HOUR, { rollbackOf: `d${number}` })
  if (number % 10 === 3) {
    yield {
      kind: 'incident',
      source: 'pager',
      id: `i${number}`,
      subject: SUBJECT,
      at: formatInstant(finishedAt + HOUR),
      title: `Incident ${number}`,
      openedAt: formatInstant(finishedAt + HOUR),
      resolvedAt: formatInstant(finishedAt + (2 + (number % 9)) * HOUR),
      ...(number % 20 === 3 ? { causedBy: `d${number}` } : {}),
    } as Evidence
  }
}

function commit(name: string, parents: string[], at: number, lines: number | null): Evidence {
  return {
    kind: 'commit',
    source: 'events',
    id: name,
    subject: SUBJECT,
    at: formatInstant(at),
    sha: name,
    author: 'dev@shop.example',
    authoredAt: formatInstant(at),
    committedAt: formatInstant(at),
    parents,
    message: 'Work',
    ...(lines === null ? {} : { additions: lines, deletions: 3 }),
  } as Evidence
}

function deployment(id: string, name: string, finishedAt: number, more: object = {}): Evidence {
  return {
    kind: 'deployment',
    source: 'ci',
    id,
    subject: SUBJECT,
    at: formatInstant(finishedAt),
    environment: 'production',
    commit: name,
    startedAt: formatInstant(finishedAt - 10 * MINUTE),
    finishedAt: formatInstant(finishedAt),
    outcome: 'success',
    ...more,
  } as Evidence
}
