import { Refusal } from '../../../ground/core/index.ts'

/** Where a page lies among those of the same search. */
export interface Place {
  /** Cloud: what the page before named as the next one. */
  token?: string | undefined
  /** Data Center: how many issues come before it. */
  startAt?: number | undefined
  /** Data Center: how many issues were found when the page before was read. */
  total?: number | undefined
}

/** What a search says about its own extent. */
export interface Extent {
  issues: readonly unknown[]
  nextPageToken?: string | null | undefined
  isLast?: boolean | null | undefined
  total?: number | null | undefined
}

/** What differs between the two products: how they are asked, and how their searches go on. */
export interface Product {
  search: string
  myself: string
  authorization(token: string): string
  /** Parameters of a page. */
  at(place: Place): Record<string, string>
  /** Where the search goes on after a page; null when that was all. */
  after(found: Extent, place: Place): Place | null
}

/** Jira Cloud, REST API version 3: developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search. */
export const CLOUD: Product = {
  search: '/rest/api/3/search/jql',
  myself: '/rest/api/3/myself',
  authorization(token) {
    if (!token.includes(':'))
      throw new Refusal(
        'pull.unauthorized',
        'The API token stands alone: Jira Cloud takes it only with the e-mail address of its account.',
        {
          path: 'secrets.token',
          fix: 'Give it as <e-mail address>:<API token> (throughline sources secret <id> --secret token=…), then resume reading.',
        },
      )
    return `Basic ${Buffer.from(token).toString('base64')}`
  },
  at: ({ token }): Record<string, string> => (token === undefined ? {} : { nextPageToken: token }),
  after: ({ nextPageToken: token, isLast }) => (isLast === true || !token ? null : { token }),
}

/** Jira Data Center, REST API version 2: developer.atlassian.com/server/jira/platform/rest. */
export const DATA_CENTER: Product = {
  search: '/rest/api/2/search',
  myself: '/rest/api/2/myself',
  authorization: (token) => `Bearer ${token}`,
  at: ({ startAt = 0 }) => ({ startAt: String(startAt) }),
  after({ issues, total }, { startAt = 0, total: before }) {
    // One that changed meanwhile left the list, and those behind it moved up, past the pages that were read.
    if (total != null && before !== undefined && total < before) return { startAt: 0, total }
    const read = startAt + issues.length
    return issues.length === 0 || (total != null && read >= total) ? null : { startAt: read, total: total ?? undefined }
  },
}
