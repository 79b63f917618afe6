/** The typed client of the HTTP API. Runs in browsers too: no Node module, types of the server only. */
export { ApiProblem, type Client, createClient, type InputOf, type OperationId, type OutputOf, requestOf } from './client.ts'
