import type { MeasureDefinition } from '../../ground/measures/index.ts'
import { type Base, collect, list, PRODUCTION, type Question, wholeFrom } from './store/index.ts'

interface Entry extends Pick<MeasureDefinition, 'id' | 'title' | 'question' | 'unit' | 'better' | 'definition' | 'kinds'> {
  asks: Question
}

const LEAD = ['commit', 'change', 'deployment']
const FAILURE = ['deployment', 'incident', 'change', 'commit']

/** DORA's five, the size of changes, and the parts of lead time (dora.dev/guides/dora-metrics, 2026-01; CONTRACTS, delivery measures). */
const ENTRIES: readonly Entry[] = [
  {
    id: 'delivery.change_lead_time',
    title: 'Change lead time',
    question: 'How long does a change take from its first commit until users have it?',
    unit: 's',
    better: 'lower',
    definition:
      'From the earliest authored commit of a change to the end of the first successful deployment that holds its merge commit or any of its commits, dated by that deployment; a commit on the main line without a change counts as its own. Which commits a deployment holds is what its sender states or what git ancestry shows, never time alone. The first deployment of all is left out unless its sender states its commits.',
    kinds: LEAD,
    asks: { of: 'duration', duration: 'leadSeconds', waiting: true },
  },
  {
    id: 'delivery.deployment_frequency',
    title: 'Deployment frequency',
    question: 'How often does something new reach users?',
    unit: '1/d',
    better: 'higher',
    definition:
      'Successful deployments of a commit that had not been deployed before, a day. The same commit again, a rollback, further regions within an hour and attempts that did not succeed are counted beside, not in.',
    kinds: ['deployment'],
    asks: { of: 'deployments', side: 'all' },
  },
  {
    id: 'delivery.change_failure_rate',
    title: 'Change failure rate',
    question: 'Which share of what we deploy breaks something?',
    unit: 'ratio',
    better: 'lower',
    definition:
      'Share of new deployments with a linked failure: an incident they caused, a rollback, a revert or a hotfix of them. An incident is linked by stated id (1.0), same commit or artifact (0.95), rollback, revert or fix (0.9), or because it opened within 24 h after the deployment and before the next (0.5). A failed pipeline is not a failed change.',
    kinds: FAILURE,
    asks: { of: 'deployments', side: 'failed' },
  },
  {
    id: 'delivery.failed_deployment_recovery_time',
    title: 'Failed deployment recovery time',
    question: 'When a deployment breaks something, how long until it is mended?',
    unit: 's',
    better: 'lower',
    definition:
      'From the end of a failed deployment to the earliest of: incident resolved, rollback finished, fixing deployment finished. Failures that are still open count as at least that long (Kaplan–Meier median).',
    kinds: FAILURE,
    asks: { of: 'recovery' },
  },
  {
    id: 'delivery.rework_rate',
    title: 'Rework rate',
    question: 'Which share of our deployments only mends what an earlier one broke?',
    unit: 'ratio',
    better: 'lower',
    definition:
      'Share of new deployments that were not planned and fix a failure users met: stated as unplanned, stated to fix an incident, or made of nothing but changes called hotfix by branch, label or title.',
    kinds: ['deployment', 'change'],
    asks: { of: 'deployments', side: 'rework' },
  },
  {
    id: 'delivery.change_size',
    title: 'Change size',
    question: 'How large are the changes we merge?',
    unit: 'lines',
    better: 'lower',
    definition: 'Lines added and deleted by a merged change, dated by its merge; generated and vendored files are left out and told apart.',
    kinds: ['commit', 'change'],
    asks: { of: 'size' },
  },
  {
    id: 'delivery.review_wait',
    title: 'Wait for review',
    question: 'How long does a change wait until somebody looks at it?',
    unit: 's',
    better: 'lower',
    definition: 'From opening a change to its first review, for changes that reached users in the window.',
    kinds: LEAD,
    asks: { of: 'duration', duration: 'reviewWaitSeconds', waiting: false },
  },
  {
    id: 'delivery.review_time',
    title: 'Review time',
    question: 'How long does a review take?',
    unit: 's',
    better: 'lower',
    definition: 'From the first review of a change to its merge, for changes that reached users in the window.',
    kinds: LEAD,
    asks: { of: 'duration', duration: 'reviewSeconds', waiting: false },
  },
  {
    id: 'delivery.deploy_wait',
    title: 'Wait for deployment',
    question: 'How long does a merged change wait until users have it?',
    unit: 's',
    better: 'lower',
    definition:
      'From the merge of a change to the end of the first deployment that holds it, for changes that reached users in the window.',
    kinds: LEAD,
    asks: { of: 'duration', duration: 'deployWaitSeconds', waiting: false },
  },
]

/** All measures of this house, ready to register. */
export function deliveryMeasures(base: Base): MeasureDefinition[] {
  return ENTRIES.map(({ asks, ...entry }) => ({
    ...entry,
    // Size is about what was merged, wherever it went.
    dimensions: [
      { name: 'environment', default: PRODUCTION },
      ...(asks.of === 'duration' || asks.of === 'size' ? [{ name: 'author_kind' }] : []),
    ],
    collect: (ask) => collect(base, asks, ask),
    outlives: (ask) => wholeFrom(base, ask),
    rows: (ask) => list(base, asks, entry.unit, ask),
  }))
}
