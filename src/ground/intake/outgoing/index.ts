/** Requests to other systems, kept away from what is private. */
export { type Allowed, allowedAddresses, isPublic } from './addresses.ts'
export { Outgoing, type OutgoingAnswer, type OutgoingOptions, type OutgoingRequest } from './outgoing.ts'
