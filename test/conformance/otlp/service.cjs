// A small service as people write them: OpenTelemetry's stock SDK for Node, configured by its environment alone.
'use strict'
const { NodeSDK } = require('@opentelemetry/sdk-node')
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { logs, SeverityNumber } = require('@opentelemetry/api')

const sdk = new NodeSDK({ instrumentations: [new HttpInstrumentation()] })
sdk.start()

const http = require('node:http') // after the SDK, which has to wrap it

const log = logs.getLogger('service')
const behind = process.env.BEHIND

const server = http.createServer((request, response) => {
  const answer = (status) => {
    if (status === 500) {
      log.emit({
        severityNumber: SeverityNumber.ERROR,
        body: `order ${request.url.slice(-4)} failed`,
        attributes: { 'order.id': request.url.slice(-4) },
      })
    }
    response.writeHead(status).end()
  }
  if (!behind) return answer(request.url.includes('fail') ? 500 : 200)
  http.get(behind + request.url, (other) => other.resume().on('end', () => answer(other.statusCode)))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.stdin.on('end', () => void sdk.shutdown().then(() => process.exit(0))).resume()
