/** Incidents that people declare here; those of other systems come as records and end there. */
export { incidentOperations } from './operations.ts'
