/** Numbers of a review. */
export { type Agreement, agreementOf, furthestApart } from './agreement.ts'
