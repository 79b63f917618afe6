/** Who is who across sources, and erasing somebody for good. */
export { areUsersBehind, joinUsers } from './declared.ts'
export { installPeople } from './install.ts'
export { peopleOperations } from './operations.ts'
export { type GoneOwner, goneOwners } from './leavers.ts'
