import type { Entity } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, parseInstant } from '../../../ground/core/index.ts'
import { type LimitIntent, limitsIn } from './limits.ts'

/** A forecast a decision or investment made: that a limit will be kept by a day, and how sure its authors were. */
export interface ExpectationIntent extends LimitIntent {
  /** The moment the day ends by which it was to come true. */
  by: Instant
  /** Between 0 and 1, both left out. */
  probability: number
}

/** A limit that holds while all goes well. Beyond it, what set it asks to be looked at again. */
export interface TripwireIntent extends LimitIntent {
  because?: string
}

/** What a decision or investment said before about how it would turn out. */
export interface Expectations {
  expects: ExpectationIntent[]
  /** "It failed because …" */
  premortem?: string
  tripwires: TripwireIntent[]
}

/** What an entity expects, from its spec; a forecast without a day or a probability is none. */
export function readExpectations(entity: Entity): Expectations {
  const { premortem } = entity.spec
  return {
    expects: limitsIn(entity, 'expects').flatMap(({ limit, stated: { by, probability } }) => {
      const due = typeof by === 'string' ? parseInstant(by) : null
      if (!due?.ok || typeof probability !== 'number' || !(probability > 0 && probability < 1)) return []
      return [{ ...limit, by: /^\d{4}-\d{2}-\d{2}$/.test(String(by)) ? due.value + DAY : due.value, probability }]
    }),
    premortem: typeof premortem === 'string' && premortem.trim() !== '' ? premortem : undefined,
    tripwires: limitsIn(entity, 'tripwires').map(({ limit, stated: { because } }) => ({
      ...limit,
      because: typeof because === 'string' ? because : undefined,
    })),
  }
}
