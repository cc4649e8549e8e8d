import { createServer, type RequestListener, type Server } from 'node:http'
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
  const server = createServer((request, response) => app(request, response))
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
    close: () => close(server)
  }
}

const answerNotReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' })
  response.end(JSON.stringify({ code: 'not-ready', message: 'the system is starting' }))
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
