import { parentPort, workerData } from 'node:worker_threads'
import { githubDialect } from '../../test/support/remote/github.ts'
import { githubRepository } from '../../test/support/remote/github-repository.ts'
import { remoteServer } from '../../test/support/remote/server.ts'

const { pulls } = workerData as { pulls: number }
const repository = githubRepository('acme/shop', Date.now(), { pulls, deployments: 0, releases: 0, runs: 0, issues: 0 })
const remote = await remoteServer(githubDialect([repository]))
parentPort!.postMessage(remote.base)
parentPort!.on('message', () => parentPort!.postMessage(remote.requests))
