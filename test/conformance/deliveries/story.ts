/** One message of the story, as its sender puts it. */
export interface Message {
  by: 'github' | 'cdevents' | 'lines'
  /** The header GitHub names its events in. */
  event?: string
  body: object
}

const at = (day: number, time = '10:00') => `2026-05-${String(day).padStart(2, '0')}T${time}:00Z`
/** A full commit name from a short one. */
export const sha = (name: string) => Buffer.from(name.padEnd(20, '.')).toString('hex')

/**
 * Two weeks of a shop that three senders tell of: its forge by webhook, its pipelines as CDEvents, and its commits as lines.
 * Changes 1 and 2 are told by both forge and pipelines, deployments of `c1` as well; `c3` fails for users, is rolled back, and
 * an incident is opened on it.
 */
export function storyOf(name: string): Message[] {
  const repository = { name, full_name: `acme/${name}`, default_branch: 'main' }
  const subject = `repository:default/${name}`
  const github = (event: string, body: object): Message => ({ by: 'github', event, body: { ...body, repository } })
  const pull = (number: number, updated_at: string, more: object = {}) => ({
    number,
    title: `Change ${number}`,
    user: { login: 'u1', type: 'User' },
    head: { ref: `change-${number}` },
    created_at: at(number, '09:00'),
    updated_at,
    additions: 10 * number,
    deletions: number,
    ...more,
  })
  const merged = (number: number, moment: string, commit: string) =>
    github('pull_request', {
      action: 'closed',
      pull_request: pull(number, moment, { merged_at: moment, closed_at: moment, merge_commit_sha: sha(commit) }),
    })
  const deployed = (id: number, commit: string, state: string, moment: string) =>
    github('deployment_status', {
      deployment_status: { state, created_at: moment },
      deployment: { id, sha: sha(commit), environment: 'production', production_environment: true, created_at: moment },
    })
  const issue = (updated_at: string, more: object) =>
    github('issues', {
      action: 'edited',
      issue: {
        number: 90,
        title: 'Basket is slow',
        state: 'open',
        created_at: at(9),
        updated_at,
        closed_at: null,
        labels: [{ name: 'bug' }],
        ...more,
      },
    })
  const cd = (type: string, id: string, timestamp: string, content: object, customData: object = {}): Message => ({
    by: 'cdevents',
    body: {
      context: { specversion: '0.5.0', id: `${name}-${type}-${id}`, source: '/pipelines', type: `dev.cdevents.${type}.0.3.0`, timestamp },
      subject: { id, source: type.startsWith('change') ? '/forge' : '/pipelines', content },
      customData,
    },
  })
  const change = (type: string, number: number, moment: string, customData: object = {}) =>
    cd(`change.${type}`, `acme/${name}#${number}`, moment, { repository: { id: `acme/${name}` } }, customData)
  const service = (type: string, commit: string, moment: string, customData: object = {}) =>
    cd(
      `service.${type}`,
      subject,
      moment,
      { environment: { id: 'production' }, artifactId: `pkg:oci/${name}@sha256%3A${sha(commit)}` },
      { commit: sha(commit), ...customData },
    )
  const incident = (type: string, moment: string, description: string) =>
    cd(`incident.${type}`, `${name}-incident-1`, moment, { environment: { id: 'production' }, service: { id: subject }, description })
  const commit = (short: string, parents: string[], moment: string): Message => ({
    by: 'lines',
    body: {
      kind: 'commit',
      source: 'git',
      id: sha(short),
      subject,
      at: moment,
      sha: sha(short),
      author: 'dev-1@example.org',
      authoredAt: moment,
      committedAt: moment,
      parents: parents.map(sha),
      message: `${short}: work`,
      additions: 7,
      deletions: 1,
    },
  })
  return [
    commit('c0', [], at(1, '07:00')),
    commit('c1', ['c0'], at(2, '08:00')),
    commit('c2', ['c1'], at(3, '08:00')),
    commit('c3', ['c2'], at(6, '08:00')),
    deployed(70, 'c0', 'success', at(1, '12:00')),
    github('pull_request', { action: 'opened', pull_request: pull(1, at(1, '09:00')) }),
    change('created', 1, at(1, '09:01')),
    github('pull_request_review', {
      action: 'submitted',
      review: { state: 'approved', submitted_at: at(2, '07:00'), user: { login: 'u2', type: 'User' } },
      pull_request: pull(1, at(2, '07:00')),
    }),
    change('reviewed', 1, at(2, '06:00')),
    merged(1, at(2, '08:00'), 'c1'),
    change('merged', 1, at(2, '08:01'), { commit: sha('c1') }),
    deployed(71, 'c1', 'in_progress', at(2, '11:00')),
    deployed(71, 'c1', 'success', at(2, '12:00')),
    service('deployed', 'c1', at(2, '12:20')),
    change('created', 2, at(2, '13:00')),
    change('updated', 2, at(2, '14:00')),
    github('pull_request', { action: 'opened', pull_request: pull(2, at(2, '13:00')) }),
    merged(2, at(3, '08:00'), 'c2'),
    service('upgraded', 'c2', at(4, '10:00')),
    github('pull_request', { action: 'opened', pull_request: pull(3, at(3, '09:00')) }),
    github('pull_request', { action: 'closed', pull_request: pull(3, at(5), { closed_at: at(5) }) }),
    github('pull_request', { action: 'reopened', pull_request: pull(3, at(5, '12:00')) }),
    merged(3, at(6, '08:00'), 'c3'),
    deployed(73, 'c3', 'failure', at(6, '09:00')),
    deployed(74, 'c3', 'success', at(6, '10:00')),
    incident('detected', at(6, '11:00'), 'Baskets are lost'),
    incident('reported', at(6, '11:10'), 'Baskets are lost'),
    service('rolledback', 'c2', at(6, '11:30'), { rollbackOf: '74' }),
    incident('resolved', at(6, '12:00'), 'Baskets are kept'),
    issue(at(9), {}),
    issue(at(10), { state: 'closed', state_reason: 'completed', closed_at: at(10) }),
    cd('pipelinerun.finished', `${name}-run-1`, at(6), { pipelineName: subject, outcome: 'success' }),
  ]
}
