import type { Sender } from './sender.ts'

export default {
  source: 'jenkins',
  settings: { deployJobs: ['shop'] },
  secrets: { token: 'chosen-by-those-who-run-it' },
  payload: (n) => ({
    name: 'shop',
    url: 'job/shop/',
    build: {
      number: n,
      phase: 'FINALIZED',
      status: 'SUCCESS',
      timestamp: Date.parse('2026-05-01T10:00:00Z') + n,
      duration: 60_000,
      scm: { url: 'https://git.example/acme/shop.git', commit: 'ab'.repeat(20) },
    },
  }),
  headers: (_, { token }) => ({ authorization: `Basic ${Buffer.from(`throughline:${token}`).toString('base64')}` }),
  expects: { kind: 'deployment' },
} satisfies Sender
