import { ApiProblem, createClient } from '../../src/doors/client/index.ts'

/** The server this page came from. Requests carry the session cookie and say that the web app sends them. */
export const server = createClient(async (path, init = {}) => {
  const headers = new Headers(init.headers)
  headers.set('accept', 'application/json')
  headers.set('x-throughline', 'web')
  return fetch(path, { ...init, headers, credentials: 'same-origin' }).catch((reason: unknown) => {
    if (init.signal?.aborted) throw reason
    throw new ApiProblem(0, {
      code: 'server.unreachable',
      detail: 'The server does not answer.',
      fix: 'Start it with `npm start`, then try again.',
    })
  })
})
