import { expect, test } from 'vitest'
import { DAY } from '../../../ground/core/index.ts'
import { deriveDelivery } from '../assess/index.ts'
import { deployment, facts, hour } from '../assess/facts.test-data.ts'
import { deploymentAsRow } from './row.ts'

const DIGEST = 'cd'.repeat(32)

function shown(commit: string, artifact: string) {
  const [row] = deriveDelivery(facts({ deployments: [deployment('a', commit, 1, { artifact })] })).deployments
  return deploymentAsRow(
    row!,
    { of: 'deployments', side: 'all' },
    { scope: { subject: 'component:default/shop' }, unit: '1', span: { from: hour(0), to: hour(0) + DAY }, at: hour(0) + DAY },
  )
}

test('a digest that stands for a commit nobody told is shown as the artifact it is, never as a commit', () => {
  for (const artifact of [`pkg:oci/shop@sha256:${DIGEST}`, `pkg:oci/shop@sha256%3A${DIGEST}?repository_url=registry.example`])
    expect(shown(DIGEST, artifact)).toMatchObject({ title: `${artifact}, commit not known`, flags: ['commit_not_known'] })
})

test('a commit is shown with the artifact built from it', () => {
  const commit = 'ab'.repeat(20)
  expect(shown(commit, `pkg:github/acme/shop@${commit}`)).toMatchObject({
    title: `commit abababababab, pkg:github/acme/shop@${commit}`,
    flags: [],
  })
})
