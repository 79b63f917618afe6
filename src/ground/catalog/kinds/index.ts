/** Kinds several houses share. A house registers its own. */
import type { EntityKind } from '../catalog.ts'
import { backstageKinds } from './backstage.ts'
import { decisionKind } from './decision.ts'
import { exceptionKind } from './exception.ts'
import { measureKind } from './measure.ts'
import { repositoryKind } from './repository.ts'

export { DECISION_STATUSES, DecisionSpec, type DecisionStatus } from './decision.ts'
export { expectationFields, expectationLinks, expectationProblems, ExpectationSpec } from './expectation.ts'
export { measureRef } from './fields.ts'
export { ExceptionSpec } from './exception.ts'
export { MeasureSpec } from './measure.ts'
export { circleOf, formulaOf, type MadeOf, madeOf } from './measure-formula.ts'
export { type Audience, AUDIENCES, headlinesOf, MOST_HEADLINES } from './measure-headline.ts'
export { MeasureSource } from './measure-source.ts'

export { isBeside, settledAmong } from './standing.ts'

export const sharedKinds: readonly EntityKind[] = [...backstageKinds, decisionKind, exceptionKind, repositoryKind, measureKind]
