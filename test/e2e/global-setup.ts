import { startServer } from './server.ts'

/**
 * One server with this repository and the example company for all tests; its address goes to them by environment.
 * With E2E_URL set, the tests run against that server instead.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.E2E_URL) return undefined
  const server = await startServer('--example')
  process.env.E2E_URL = server.url
  return () => server.stop()
}
