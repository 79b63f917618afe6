import { type Caller, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { KeptResult } from '../intent.ts'
import { readExperiment } from './read.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'ledger'> & { caller: Caller }

/**
 * Keeps the result of an experiment with it, so that it outlives the records behind it. One that is still running is
 * stopped early, with a reason, and then counts as stopped and not as decided.
 */
export async function keepResult(ref: string, reason: string | undefined, context: Context): Promise<KeptResult> {
  const told = await readExperiment(ref, {}, context)
  if (told.kept)
    throw new Refusal('experiment.kept_already', `The result of ${ref} was kept for ${told.kept.at.slice(0, 10)}.`, {
      status: 409,
      fix: 'Take that version back first, or write a new experiment.',
    })
  if (told.state === 'planned')
    throw new Refusal('experiment.not_started', `${ref} has not started, so there is no result.`, {
      status: 409,
      fix: 'Wait, or remove it.',
    })
  const early = told.state === 'running'
  if (early && !reason)
    throw new Refusal('experiment.still_running', `${ref} is still running: its rule does not allow to stop yet.`, {
      status: 409,
      fix: 'Wait, or stop it early and say why (reason).',
    })
  const { difference, interval, p } = told.test
  const result: KeptResult = {
    state: told.state === 'running' ? 'stopped' : told.state,
    words: early ? `Stopped early: ${reason}` : told.words,
    ...(reason && !early ? { reason } : {}),
    at: told.at,
    asOf: told.asOf,
    control: told.control.n,
    treatment: told.treatment.n,
    ...(difference === null || interval === null || p === null ? {} : { difference, low: interval.low, high: interval.high, p }),
  }
  const entity = (await context.catalog.get(ref))!
  const { apiVersion, kind, metadata, spec } = entity
  await context.catalog.write(
    { apiVersion, kind, metadata, spec: { ...spec, result } },
    { by: context.caller.person, expectedVersion: entity.version },
  )
  return result
}
