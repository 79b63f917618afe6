/** Hosts count their requests apart: number 12 of one is not number 12 of another. */
export type Family = 'github' | 'gitlab' | 'bitbucket' | 'azure' | 'gerrit' | 'phabricator'

export interface Said {
  title: string
  /** Below the title, trimmed. */
  body: string
  trailers: readonly (readonly [key: string, value: string])[]
}

export interface Convention {
  name: string
  family: Family
  /** Read from commits with several parents, with one, or both. */
  of: 'merge' | 'single' | 'both'
  /** Several commits tell of one request. */
  part?: boolean
  read(said: Said): { number: number | null; title?: string; branch?: string } | null
}

/** How hosts and landing robots word a merged request, most telling first. The wording is theirs, verbatim. */
export const CONVENTIONS: readonly Convention[] = [
  {
    name: 'github-merge',
    family: 'github',
    of: 'both',
    read: ({ title, body }) =>
      from(/^(?:\[[^\]]*\] ?)?Merge pull request #(\d+) from (?:([\w.-]+)[/:])?(\S+)/.exec(title), (m) => ({
        number: m[1],
        branch: m[3],
        title: firstLine(body) || title,
      })),
  },
  {
    name: 'gitea-merge',
    family: 'github',
    of: 'both',
    read: ({ title }) =>
      from(/^Merge pull request '(.*)' \(#(\d+)\) from (?:\S+:)?(\S+) into \S+/.exec(title), (m) => ({
        number: m[2],
        title: m[1],
        branch: m[3],
      })),
  },
  { name: 'gitlab-merge', family: 'gitlab', of: 'merge', read: gitlabMerge },
  {
    name: 'bitbucket-cloud',
    family: 'bitbucket',
    of: 'both',
    read: ({ title, body }) =>
      from(/^Merged in (\S+) \(pull request #(\d+)\)/.exec(title), (m) => ({
        number: m[2],
        branch: m[1],
        title: firstLine(body) || title,
      })),
  },
  { name: 'bitbucket-server', family: 'bitbucket', of: 'both', read: bitbucketServer },
  {
    name: 'azure-merge',
    family: 'azure',
    of: 'both',
    read: ({ title }) =>
      from(/^Merged PR (\d+): (.*)/.exec(title) ?? /^Merge pull request (\d+) from (\S+) into \S+/.exec(title), (m) => ({
        number: m[1],
        title: m[2],
      })),
  },
  {
    name: 'bors',
    family: 'github',
    of: 'both',
    read: ({ title, body }) =>
      from(/^(?:Auto merge of|Rollup merge of|Merge) #(\d+)(?: - (?:([\w-]+):)?(\S+?),)?/.exec(title), (m) => ({
        number: m[1],
        branch: m[3],
        title: firstLine(body).replace(/^\d+: (.*?)( r=\S+.*)?$/, '$1') || title,
      })),
  },
  {
    name: 'gitlab-squash',
    family: 'gitlab',
    of: 'single',
    read: ({ title, body }) => from(SEE_MERGE_REQUEST.exec(body), (m) => ({ number: m[1], title })),
  },
  {
    name: 'part-of',
    family: 'gitlab',
    of: 'single',
    part: true,
    read: ({ title, trailers }) => from(numberIn(trailers, 'part-of', /\/merge_requests\/(\d+)/), (m) => ({ number: m[1], title })),
  },
  {
    name: 'pull-url',
    family: 'github',
    of: 'single',
    part: true,
    read: ({ title, trailers }) =>
      from(numberIn(trailers, 'pr-url', /\/pull\/(\d+)/) ?? numberIn(trailers, 'pull-request', /(?:\/pull\/|#)(\d+)/), (m) => ({
        number: m[1],
        title,
      })),
  },
  {
    name: 'phabricator',
    family: 'phabricator',
    of: 'single',
    read: ({ title, body }) => from(/^Differential Revision: \S*\bD(\d+)\s*$/m.exec(body), (m) => ({ number: m[1], title })),
  },
  {
    name: 'github-squash',
    family: 'github',
    of: 'both',
    read: ({ title }) => from(/^(.*\S)\s*\(#(\d+)\)$/.exec(title), (m) => ({ number: m[2], title: m[1] })),
  },
  { name: 'gerrit', family: 'gerrit', of: 'single', read: gerrit },
]

const SEE_MERGE_REQUEST = /^See merge request (?:\S*)!(\d+)\s*$/m

function gitlabMerge({ title, body }: Said): ReturnType<Convention['read']> {
  const request = SEE_MERGE_REQUEST.exec(body)
  if (!request) return null
  const branch = /^Merge branch '([^']+)'/.exec(title)?.[1]
  const told = firstLine(body)
  return from(request, (m) => ({
    number: m[1],
    branch,
    title: told && !/^(?:See merge request|Closes|Part of|Related to)\b/.test(told) ? told : title,
  }))
}

function bitbucketServer({ title, body }: Said): ReturnType<Convention['read']> {
  const worded = /^Pull request #(\d+): (.*)/.exec(title)
  if (worded) return from(worded, (m) => ({ number: m[1], title: m[2], branch: /^Merge in \S+ from (\S+) to \S+/m.exec(body)?.[1] }))
  return from(/^Merge pull request #(\d+) in \S+ from (\S+) to \S+/.exec(title), (m) => ({
    number: m[1],
    branch: m[2],
    title: firstLine(body).replace(/^\* commit .*/, '') || title,
  }))
}

/** A Gerrit change is one commit with a `Change-Id`; its number is only known where `Reviewed-on` tells it. */
function gerrit({ title, trailers }: Said): ReturnType<Convention['read']> {
  if (!trailers.some(([key, value]) => key.toLowerCase() === 'change-id' && /^I[0-9a-f]{8,40}$/.test(value))) return null
  const number = numberIn(trailers, 'reviewed-on', /\/(\d+)\/?$/)?.[1]
  return { number: number === undefined ? null : Number(number), title }
}

function numberIn(trailers: Said['trailers'], key: string, form: RegExp): RegExpExecArray | null {
  for (const [name, value] of trailers) {
    const match = name.toLowerCase() === key ? form.exec(value.replace(/^<|>$/g, '')) : null
    if (match) return match
  }
  return null
}

function from(
  match: RegExpExecArray | null,
  read: (match: RegExpExecArray) => { number: string | undefined; title?: string | undefined; branch?: string | undefined },
): ReturnType<Convention['read']> {
  if (!match) return null
  const { number, title, branch } = read(match)
  const counted = Number(number)
  return Number.isSafeInteger(counted) && counted > 0
    ? { number: counted, ...(title ? { title } : {}), ...(branch ? { branch } : {}) }
    : null
}

function firstLine(body: string): string {
  return body.split('\n', 1)[0]!.trim()
}
