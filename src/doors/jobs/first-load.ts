import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Ground } from '../../ground/index.ts'
import { briefOf } from '../../houses/communication/index.ts'
import { findRepositories } from '../../sources/git/index.ts'
import { loadExample } from '../example.ts'
import { readIntent, readRepository } from './read-again.ts'

export interface Progress {
  step: string
  done: number
  total: number | null
}

type Choice = 'repository' | 'empty'

/**
 * What the first start on an empty store shows: the intent folder and the history of the repository it stands in.
 * The choice is remembered; later starts only look for what is new.
 * @returns the headline of the brief, when there is one
 */
export async function firstLoad(
  ground: Ground,
  wish: { example?: boolean; empty?: boolean },
  report: (progress: Progress) => void,
): Promise<string | null> {
  const remembered = await ground.intake.setting<Choice>('first-load')
  const choice: Choice = wish.empty ? 'empty' : (remembered ?? 'repository')
  if (choice !== remembered) await ground.intake.setSetting('first-load', choice)
  if (choice === 'repository') await loadRepository(ground, remembered === null, report)
  if (wish.example) {
    report({ step: 'loading the example company', done: 0, total: null })
    await loadExample(ground, {}, (done) => report({ step: 'loading the example company', done, total: null }))
  }
  const brief = await briefOf(ground, { audience: 'executive', scope: 'default' })
  if (wish.example) await briefOf(ground, { audience: 'executive', scope: 'example' })
  // The briefs derived what pages read; without statistics of it the embedded planner takes a minute for a trace.
  await ground.store.maintain()
  return brief.claims[0]?.text ?? null
}

async function loadRepository(ground: Ground, first: boolean, report: (progress: Progress) => void): Promise<void> {
  const here = process.cwd()
  const [repository] = existsSync(join(here, '.git')) ? await findRepositories(here) : []
  if (!repository) return
  report({ step: 'reading the history', done: 0, total: null })
  await readRepository(ground, repository, ({ phase, done, total }) => report({ step: phase, done, total }))
  await readIntent(ground, repository)
  if (!first) return
  await ground.intake.watch({ kind: 'repository', path: repository }, 'user:default/local')
}
