import { isAbsolute, resolve } from 'node:path'
import { InvalidData, type Problem } from '../engine/errors.ts'
import { ENGINE_LIMITS, type EngineLimits } from '../engine/limits.ts'
import type { Instant } from '../engine/state.ts'
import { DIAGRAM_LIMITS, type DiagramLimits } from './bpmn.ts'

/** The environment, read once and typed. */
export interface Settings {
  readonly production: boolean
  readonly host: string
  readonly port: number
  /** The folder of the database file, the letters and the keys. */
  readonly data: string
  /** Where the outside reaches the pages: the base of the addresses in letters and e-mails. */
  readonly publicUrl: string
  /** A clock that can be set, from this moment on or with null from the machine's; null: the machine's own. */
  readonly clock: { readonly start: Instant | null } | null
  /** `smtp://user:password@host:port` of the mail server; null: the mailbox of the demo. */
  readonly smtpUrl: string | null
  /** A browser on this machine that prints the letters; null: the one from the npm package. */
  readonly browser: string | null
  /** How many jobs of one kind run at a time. */
  readonly concurrency: number
  /** How often a job is tried before it becomes an incident. */
  readonly attempts: number
  /** Seconds after which a job that has not answered counts as failed. */
  readonly jobDeadline: number
  /** How large and how deep a diagram may be. */
  readonly diagrams: DiagramLimits
  /** Where a step stops at what looks endless. */
  readonly engine: EngineLimits
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/**
 * Reads the settings from environment variables; an empty one counts as not given.
 *
 * @throws InvalidData with every problem
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const problems: Problem[] = []
  const text = (name: string) => environment[name]?.trim() || null

  function check<Result>(name: string, fallback: Result, read: (text: string) => Result): Result {
    const given = text(name)
    if (given === null) return fallback
    try {
      return read(given)
    } catch (error) {
      problems.push({ path: name, message: `${(error as Error).message}, found <${given}>` })
      return fallback
    }
  }
  const whole = (least: number, most: number) => (given: string) => {
    const number = Number(given)
    if (/^\d+$/.test(given) && number >= least && number <= most) return number
    throw new Error(`expected a whole number from ${least} to ${most}`)
  }
  const limit = (name: string, usual: number, most: number) => check(name, usual, whole(1, most))

  const production = check('NODE_ENV', false, given => {
    if (['production', 'development', 'test'].includes(given)) return given === 'production'
    throw new Error('expected production, development or test')
  })
  const host = check('HOST', '127.0.0.1', given => {
    // Outside production there are accounts whose passwords everybody knows.
    if (production || LOOPBACK.includes(given)) return given
    throw new Error('expected the loopback address 127.0.0.1 outside production')
  })
  const port = check('PORT', 3000, whole(0, 65_535))
  const clock = check<Settings['clock']>(
    'ALUR_CLOCK',
    production ? null : { start: null },
    given => {
      if (given === 'machine') return null
      if (production) throw new Error('expected no clock that can be set in production')
      return { start: given === 'settable' ? null : readInstant(given) }
    }
  )
  const smtpUrl = check('ALUR_SMTP_URL', null, url(['smtp:', 'smtps:']))
  if (production && smtpUrl === null && text('ALUR_SMTP_URL') === null) {
    problems.push({ path: 'ALUR_SMTP_URL', message: 'expected a mail server in production' })
  }
  const settings: Settings = {
    production,
    host,
    port,
    data: resolve(text('ALUR_DATA') ?? './data'),
    publicUrl: check(
      'ALUR_PUBLIC_URL',
      `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      url(production ? ['https:'] : ['https:', 'http:'])
    ).replace(/\/+$/, ''),
    clock,
    smtpUrl,
    browser: check('ALUR_BROWSER', null, given => {
      if (isAbsolute(given)) return given
      throw new Error('expected the absolute path of a browser')
    }),
    concurrency: check('ALUR_CONCURRENCY', 4, whole(1, 100)),
    attempts: check('ALUR_ATTEMPTS', 5, whole(1, 20)),
    jobDeadline: check('ALUR_JOB_DEADLINE', 120, whole(1, 3600)),
    diagrams: {
      bytes: limit('ALUR_DIAGRAM_BYTES', DIAGRAM_LIMITS.bytes, 100_000_000),
      elements: limit('ALUR_DIAGRAM_ELEMENTS', DIAGRAM_LIMITS.elements, 1_000_000),
      depth: limit('ALUR_DIAGRAM_DEPTH', DIAGRAM_LIMITS.depth, 500),
      attribute: limit('ALUR_DIAGRAM_ATTRIBUTE', DIAGRAM_LIMITS.attribute, 10_000_000),
      attributes: limit('ALUR_DIAGRAM_ATTRIBUTES', DIAGRAM_LIMITS.attributes, 10_000),
      expression: limit('ALUR_EXPRESSION_LENGTH', DIAGRAM_LIMITS.expression, 20_000)
    },
    engine: {
      activations: limit('ALUR_MOST_ACTIVATIONS', ENGINE_LIMITS.activations, 1_000_000),
      instances: limit('ALUR_MOST_INSTANCES', ENGINE_LIMITS.instances, 100_000),
      calls: limit('ALUR_MOST_CALLS', ENGINE_LIMITS.calls, 1_000)
    }
  }
  if (problems.length > 0) throw new InvalidData('settings', problems)
  return settings
}

function readInstant(text: string): Instant {
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  if (!hasZone || Number.isNaN(Date.parse(text))) {
    throw new Error('expected <settable>, <machine> or a moment such as 2015-12-01T09:00:00+07:00')
  }
  return new Date(text).toISOString()
}

function url(protocols: readonly string[]): (text: string) => string {
  return text => {
    const read = URL.canParse(text) ? new URL(text) : null
    if (read && protocols.includes(read.protocol) && read.hostname !== '') return text
    throw new Error(`expected an address that starts with ${protocols.join('// or ')}//`)
  }
}
