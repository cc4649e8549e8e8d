import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long an answer that is under way is waited for when the server stops, in milliseconds. */
const GRACE = 5000

/** Listens before everything is ready, so that `/health` can say so. */
export interface Listening {
  /** The port that was given, or the one that was free. */
  readonly port: number
  /** From now on these requests are answered. */
  serve(app: RequestListener): void
  /** Takes no further request and waits for the answers that are under way. */
  close(): Promise<void>
}

export async function listen(host: string, port: number): Promise<Listening> {
  let app: RequestListener = answerNotReady
  let closing = false
  const underWay = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    if (closing) isLast(response)
    app(request, response)
  })
  server.requestTimeout = 30_000
  server.headersTimeout = 15_000
  server.keepAliveTimeout = 5000
  server.maxRequestsPerSocket = 1000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    serve: next => {
      app = next
    },
    close() {
      closing = true
      for (const response of underWay) isLast(response)
      return close(server)
    }
  }
}

const answerNotReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' })
  response.end(JSON.stringify({ code: 'not-ready', message: 'the system is starting' }))
}

/** Says with the answer that no further request is taken on its connection, else one would be cut off. */
function isLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatient = setTimeout(() => server.closeAllConnections(), GRACE)
    server.close(error => {
      clearTimeout(impatient)
      if (error === undefined) resolve()
      else reject(error)
    })
    server.closeIdleConnections()
  })
}
