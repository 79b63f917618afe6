import { describe, expect, test } from 'vitest'
import { landingOf } from './landing.ts'

const landing = (message: string, parents = 2, mainBranch = 'main') =>
  landingOf({ message, parents, trailers: [], committerEmail: 'rosa@parcels.example' }, mainBranch)

describe('what a merge is, told by its title', () => {
  test.each([
    ["Merge branch 'main' into faster", 'sync'],
    ["Merge branch 'master'", 'sync'],
    ["Merge branch 'master' of git.parcels.example:ferry", 'sync'],
    ["Merge remote-tracking branch 'origin/main'", 'sync'],
    ["Merge remote-tracking branch 'upstream/master' into faster", 'sync'],
    ["Merge remote branch 'origin/master'", 'sync'],
    ["Merge branch 'develop' of git.parcels.example:ferry", 'sync'],
    ['Merge upstream changes', 'sync'],
    ['Sync with maint', 'sync'],
    ["Merge branch 'trunkless'", 'plain'],
    ["Merge branch 'main-page'", 'plain'],
    ["Merge remote-tracking branch 'origin/faster'", 'plain'],
    ["Merge branch 'kim/master-data'", 'plain'],
    ["Merge branch 'develop'", 'line'],
    ["Merge branch 'develop' into main", 'line'],
    ["Merge branch 'release/1.2'", 'line'],
    ["Merge branch 'maint-2.4'", 'line'],
    ["Merge branch '1.x'", 'line'],
    ["Merge branch 'hotfix/label'", 'plain'],
    ["Merge branch 'release-notes'", 'plain'],
    ["Add 'library/' from commit '0123456789'", 'import'],
    ['Merge pull request #1 from rosa/master', 'pull'],
    ['Joined the two', 'plain'],
  ])('%s: %s', (title, kind) => {
    expect(landing(title)?.kind).toBe(kind)
  })

  test('the branch HEAD is on counts as the main line, whatever its name', () => {
    expect(landing("Merge branch 'production' into faster", 2, 'production')?.kind).toBe('sync')
    expect(landing("Merge branch 'production' into faster")?.kind).toBe('plain')
  })

  test('branch and title are read where they are told', () => {
    expect(landing("Merge remote-tracking branch 'origin/faster-labels'")).toMatchObject({ branch: 'faster-labels' })
    expect(landing('Merge "Faster labels"')).toMatchObject({ kind: 'plain', title: 'Faster labels', branch: null })
    expect(landing('Merge git://parcels.example/ferry')).toMatchObject({ branch: null })
    expect(landing("Merge branches 'x', 'y' and 'z'")).toMatchObject({ branch: 'x' })
  })
})

test('an ordinary commit landed in no special way', () => {
  for (const title of ['Faster labels', 'Fix #12', 'Merge the two lists of labels', 'Close (#) brackets', 'See (#12) for more'])
    expect(landing(title, 1)).toBeNull()
})

test('a number nobody can have is no number', () => {
  expect(landing('Faster (#99999999999999999999)', 1)).toBeNull()
  expect(landing('Faster (#0)', 1)).toBeNull()
})

test('what the host committed itself is marked', () => {
  expect(landingOf({ message: 'Faster (#1)', parents: 1, trailers: [], committerEmail: 'noreply@github.com' }, 'main')).toMatchObject({
    byHost: true,
  })
  expect(landing('Faster (#1)', 1)).toMatchObject({ byHost: false })
})
