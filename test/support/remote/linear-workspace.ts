import type { LinearThing, LinearWorkspace } from './linear.ts'

const HOUR = 3_600_000
const PROJECTS = 12

/**
 * Issues and projects of our own making, with fields after the schema Linear publishes: one every two hours before `now`, the
 * oldest `together` of them changed at the same moment, as a bulk change does. Every second is done, every seventh archived and
 * every ninth in the bin; every third is in progress; every tenth is an outage; every twentieth was moved here from OLD.
 */
export function linearWorkspace(now: number, amount: number, together: number): LinearWorkspace {
  const written = (at: number) => new Date(at).toISOString()
  const person = { id: 'u1', name: 'u1', email: 'dev-1@example.org' }
  const issues = Array.from({ length: amount }, (_, index): LinearThing => {
    const number = index + 1
    const ago = Math.min(amount - together + 1, amount - index) * 2 * HOUR
    const at = (plusHours = 0) => written(now - ago + plusHours * HOUR)
    const isDone = number % 2 === 0
    const isBinned = number % 9 === 0
    const type = isDone ? 'completed' : number % 3 === 0 ? 'started' : 'unstarted'
    return {
      id: idOf(1, number),
      identifier: `${number % 4 === 0 ? 'OPS' : 'ENG'}-${number}`,
      previousIdentifiers: number % 20 === 0 ? [`OLD-${number}`] : [],
      title: `Issue ${number}`,
      description: 'What it is about, at some length. '.repeat(5),
      assignee: person,
      creator: person,
      url: `https://linear.app/acme/issue/${number}`,
      createdAt: at(-40),
      updatedAt: at(),
      startedAt: type === 'unstarted' ? null : at(-9),
      completedAt: isDone ? at(-5) : null,
      canceledAt: null,
      archivedAt: isBinned || number % 7 === 0 ? at(-1) : null,
      trashed: isBinned ? true : null,
      estimate: number % 5,
      state: { id: 's', name: 'Whatever', type },
      labels: number % 10 === 0 ? [{ name: 'outage' }] : [{ name: 'outcome:faster-checkout' }],
      cycle: number % 3 === 0 ? { number: 7, name: null } : null,
      parent: number % 6 === 1 ? { id: idOf(1, 1) } : null,
      project: { id: idOf(2, (number % PROJECTS) + 1) },
      history: [
        { createdAt: at(-3), fromTeamId: null, toTeamId: null, actor: person },
        ...(number % 20 === 0 ? [{ createdAt: at(-30), fromTeamId: 'old', toTeamId: 'ops', actor: person }] : []),
      ],
    }
  })
  const projects = Array.from({ length: PROJECTS }, (_, index): LinearThing => {
    const at = written(now - (index + 1) * 24 * HOUR)
    return {
      id: idOf(2, index + 1),
      name: `Project ${index + 1}`,
      teams: [index % 2 === 0 ? 'ENG' : 'OPS'],
      url: `https://linear.app/acme/project/${index + 1}`,
      createdAt: written(now - 300 * 24 * HOUR),
      updatedAt: at,
      startedAt: at,
      completedAt: null,
      canceledAt: null,
      archivedAt: null,
      trashed: null,
      status: { id: 's', name: 'Whatever', type: 'started' },
      labels: [{ name: 'outcome:calm-nights' }],
      initiatives: [{ name: 'No waiting' }],
      lead: person,
    }
  })
  return { issues, projects, teams: ['ENG', 'OPS'] }
}

function idOf(kind: number, number: number): string {
  return `5d0f0f0e-0000-4000-800${kind}-${String(number).padStart(12, '0')}`
}
