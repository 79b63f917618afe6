/** How complete the evidence is: of which components nothing tells. */
export { coverageOperations } from './operations.ts'
