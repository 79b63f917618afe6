import { startServer } from './server.ts'

/** One server with this repository and the example company for all tests; its address goes to them by environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer('--example')
  process.env.E2E_URL = server.url
  return () => server.stop()
}
