/** The server, as typed operations. */
export { ApiProblem, type InputOf as Ask, type OperationId, type OutputOf as Answer } from '../../src/doors/client/index.ts'
export { ask, type Asked, forget, useLoaded } from './ask.ts'
export { server } from './client.ts'
export { useCounted } from './counted.ts'
export { closeSession, openSession, readSession, type Session } from './session.ts'
export { upload } from './upload.ts'
