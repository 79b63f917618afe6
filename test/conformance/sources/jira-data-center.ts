import cloud from './jira.ts'
import type { Sender } from './sender.ts'

/** A version that signs nothing: the address alone says who sends. */
export default {
  ...cloud,
  source: 'jira-data-center',
  payload: (n) => cloud.payload(1_000 + n),
  headers: (_, __, n) => ({ 'x-atlassian-webhook-identifier': `delivery-${n}` }),
} satisfies Sender
