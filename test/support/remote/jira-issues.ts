import type { JiraIssue } from './jira.ts'

const HOUR = 3_600_000
const CATEGORIES = {
  new: { name: 'To Do', statusCategory: { key: 'new' } },
  doing: { name: 'In Progress', statusCategory: { key: 'indeterminate' } },
  done: { name: 'Done', statusCategory: { key: 'done' } },
}

/**
 * Issues of our own making, one every two hours before `now`, with fields after the schema Atlassian documents; the oldest
 * `together` of them were changed within one minute, as a bulk change does. Every second is done, of those every fifth dropped;
 * every third is in progress; every tenth is an outage; every twentieth was moved here from OLD.
 */
export function jiraIssues(base: string, now: number, amount: number, together: number, product: 'cloud' | 'data-center'): JiraIssue[] {
  return Array.from({ length: amount }, (_, index) => {
    const number = index + 1
    const ago = Math.min(amount - together + 1, amount - index) * 2 * HOUR
    const seconds = index < together ? index % 50 : 0
    const at = (plusHours = 0) => written(now - ago + plusHours * HOUR + seconds * 1_000)
    const isDone = number % 2 === 0
    const status = isDone ? CATEGORIES.done : number % 3 === 0 ? CATEGORIES.doing : CATEGORIES.new
    const author = { displayName: 'u1', emailAddress: 'dev-1@example.org' }
    const histories = [
      ...(number % 20 === 0
        ? [{ created: at(-30), author, items: [{ field: 'Key', fromString: `OLD-${number}`, toString: `SHOP-${number}` }] }]
        : []),
      ...(status === CATEGORIES.new
        ? []
        : [{ created: at(-5), author, items: [{ field: 'status', fromString: 'To Do', toString: status.name }] }]),
    ]
    return {
      id: String(10_000 + number),
      key: `SHOP-${number}`,
      self: `${base}/rest/api/${product === 'cloud' ? 3 : 2}/issue/${10_000 + number}`,
      fields: {
        summary: `Issue ${number}`,
        description: 'What it is about, at some length. '.repeat(5),
        reporter: author,
        assignee: author,
        created: at(-40),
        updated: at(),
        issuetype: { name: number % 10 === 0 ? 'Outage' : 'Story' },
        status,
        ...(product === 'cloud' ? { statuscategorychangedate: at(-5), parent: { key: 'SHOP-1' } } : { customfield_10008: 'SHOP-1' }),
        resolution: isDone ? { name: number % 10 === 0 ? "Won't Do" : 'Done' } : null,
        // A workflow of some Data Center sets none.
        resolutiondate: isDone && product === 'cloud' ? at(-5) : null,
        labels: ['outcome:faster-checkout'],
        priority: { name: 'High' },
      },
      histories: product === 'cloud' ? histories.toReversed() : histories,
    }
  })
}

/** As Jira writes moments, for somebody two hours east. */
export function written(at: number): string {
  return new Date(at + 2 * HOUR).toISOString().replace('Z', '+0200')
}
