import { afterEach } from 'vitest'
import { allowedAddresses, type SourceDefinition } from '../../../src/ground/intake/index.ts'
import { testGround, type TestGround } from '../ground.ts'
import { type RemoteServer, remoteServer, steadyRandom } from './server.ts'

/**
 * Grounds that pull from servers of ours on this machine, patient for a second or two; all are closed after each test.
 * @param now the moment it is
 */
export function pulling(now: number, ...sources: readonly SourceDefinition[]) {
  const grounds: TestGround[] = []
  const remotes: RemoteServer[] = []
  afterEach(async () => {
    for (const one of grounds.splice(0)) await one.store.close()
    for (const one of remotes.splice(0)) await one.close()
  })
  return {
    async ground(): Promise<TestGround> {
      const made = await testGround({
        now,
        outgoing: {
          allowed: allowedAddresses('127.0.0.1'),
          firstRetrySeconds: 0.001,
          firstPageRetrySeconds: 1,
          patienceSeconds: 2,
          random: steadyRandom(),
        },
      })
      for (const source of sources) made.intake.registerSource(source)
      grounds.push(made)
      return made
    },
    /** A server that answers as a dialect says. */
    async remoteOf(tell: Parameters<typeof remoteServer>[0]): Promise<RemoteServer> {
      const made = await remoteServer(tell)
      remotes.push(made)
      return made
    },
  }
}
