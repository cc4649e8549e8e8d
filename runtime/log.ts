/** Says what operators should know. Facts never hold personal data: ids only. */
export interface Log {
  info(message: string, facts?: LogFacts): void
  warn(message: string, facts?: LogFacts): void
  error(message: string, error: unknown, facts?: LogFacts): void
}
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>

/** Writes lines to standard error, so that standard output stays free for answers. */
export const consoleLog: Log = {
  info: (message, facts) => write('info', message, facts),
  warn: (message, facts) => write('warn', message, facts),
  error: (message, error, facts) =>
    write(
      'error',
      `${message}: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
      facts
    )
}

function write(level: string, message: string, facts: LogFacts = {}): void {
  const pairs = Object.entries(facts).map(([name, value]) => ` ${name}=${value}`)
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}${pairs.join('')}\n`)
}
