import { InvalidData, type Problem } from '../../engine/errors.ts'
import { type ElementId, type FlowNode, isActivity, type ProcessGraph } from '../../engine/graph.ts'
import type { Text } from '../../engine/messages.ts'
import type { Variables } from '../../engine/state.ts'
import { suggestion } from '../nearest.ts'
import { type Hours, hoursProblems } from './hours.ts'
import { type Length, SPREADS, type Spread } from './random.ts'

/** What is assumed of an office and its applicants while a process is simulated. All of it may be left out. */
export interface Scenario {
  readonly process?: ElementId
  /** Where the figures come from: samples, or what was measured. */
  readonly note?: Text
  readonly office?: string
  /** The first day, or moment. */
  readonly from?: string
  readonly instances?: number
  readonly seed?: string | number
  /** The first so many instances fill the office and are not counted. */
  readonly warmUp?: number
  readonly arrivals?: Arrivals
  readonly hours?: Hours
  /** How many people have a role. */
  readonly officers?: Readonly<Record<string, number>>
  /** People with several roles; they come beside the officers. */
  readonly people?: readonly { readonly id: string; readonly roles: readonly string[] }[]
  /** How lengths of which only the mean is known are spread. */
  readonly spread?: Spread
  /** The mean for a task whose diagram states no standard time. */
  readonly defaultMinutes?: number
  /** Which example cases stand for what comes in, by name, and how much of it. */
  readonly starts?: readonly Start[]
  readonly elements?: Readonly<Record<ElementId, ElementScenario>>
  /** By element or kind of job. */
  readonly jobs?: Readonly<Record<string, JobScenario>>
}

/** How often a case comes in: by chance (Poisson) unless they are evenly spaced. All in opening time. */
export type Arrivals = { readonly evenly?: boolean } & (
  | { readonly perDay: number }
  | { readonly perHour: number }
  | { readonly everyMinutes: number }
)

export interface Start {
  readonly example?: string
  readonly variables?: Variables
  readonly weight?: number
}

export interface ElementScenario {
  /** The work on a task; for an event from outside, how long it takes to come. */
  readonly minutes?: Length
  /** The event never comes. */
  readonly never?: boolean
  /** What is filled in, over what an example fills in. */
  readonly outcomes?: readonly Outcome[]
  /** The flows out of a gateway, instead of their conditions. */
  readonly flows?: Readonly<Record<ElementId, number>>
}
export interface Outcome {
  readonly probability: number
  readonly variables: Variables
}
export interface JobScenario {
  readonly minutes?: Length
  readonly outcomes?: readonly JobOutcome[]
}
export interface JobOutcome {
  readonly probability: number
  readonly result?: Variables
  /** The code of a BPMN error that the job ends with. */
  readonly error?: string
}

const MEMBERS = {
  scenario: [
    '$schema',
    'process',
    'note',
    'office',
    'from',
    'instances',
    'seed',
    'warmUp',
    'arrivals',
    'hours',
    'officers',
    'people',
    'spread',
    'defaultMinutes',
    'starts',
    'elements',
    'jobs'
  ],
  element: ['minutes', 'never', 'outcomes', 'flows'],
  job: ['minutes', 'outcomes'],
  start: ['example', 'variables', 'weight'],
  arrivals: ['perDay', 'perHour', 'everyMinutes', 'evenly']
} as const

const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  constant: ['minutes'],
  exponential: ['mean'],
  uniform: ['min', 'max'],
  triangular: ['min', 'mode', 'max'],
  lognormal: ['mean', 'deviation']
}

/**
 * A scenario as it was written, held to the processes that it is about.
 *
 * @throws InvalidData with every problem and its place
 */
export function readScenario(
  written: unknown,
  file: string,
  graphs: readonly ProcessGraph[],
  known: { readonly examples: readonly string[]; readonly jobs: readonly string[] | null }
): Scenario {
  if (!isRecord(written))
    throw new InvalidData(file, [{ path: file, message: 'expected an object' }])
  const problems: Problem[] = []
  const tell = (path: string, message: string) =>
    problems.push({ path: `${file}#${path}`, message })
  const nodes = new Map<string, readonly [FlowNode, ProcessGraph]>()
  for (const graph of graphs.toReversed()) {
    for (const node of Object.values(graph.nodes)) nodes.set(node.id, [node, graph])
  }
  members(written, MEMBERS.scenario, '', tell)
  const scenario = written as Scenario

  for (const name of ['instances', 'warmUp', 'defaultMinutes'] as const) {
    const value = scenario[name]
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      tell(name, `expected a number, found ${JSON.stringify(value)}`)
  }
  if (scenario.spread !== undefined && !SPREADS.includes(scenario.spread))
    tell('spread', `expected one of ${SPREADS.join(', ')}, found <${scenario.spread}>`)
  if (scenario.hours !== undefined) {
    for (const message of hoursProblems(scenario.hours)) tell('hours', message)
  }
  if (scenario.arrivals !== undefined) {
    members(scenario.arrivals, MEMBERS.arrivals, 'arrivals', tell)
    for (const message of arrivalProblems(scenario.arrivals)) tell('arrivals', message)
  }
  for (const [role, count] of Object.entries(scenario.officers ?? {})) {
    if (!Number.isInteger(count) || count < 0)
      tell(`officers.${role}`, `expected how many there are, found ${JSON.stringify(count)}`)
  }
  for (const [n, start] of (scenario.starts ?? []).entries()) {
    members(start, MEMBERS.start, `starts[${n}]`, tell)
    if (start.example !== undefined && !known.examples.includes(start.example)) {
      const near = suggestion(start.example, known.examples)
      tell(`starts[${n}]`, `expected an example case, found <${start.example}>${near}`)
    }
  }
  for (const [id, element] of Object.entries(scenario.elements ?? {})) {
    const path = `elements.${id}`
    members(element, MEMBERS.element, path, tell)
    const found = nodes.get(id)
    if (found === undefined) {
      const near = suggestion(id, [...nodes.keys()])
      tell(path, `expected an element of ${graphs.map(graph => graph.id).join(', ')}${near}`)
      continue
    }
    lengthProblems(element.minutes, path, tell)
    oddsProblems(element.outcomes, path, tell)
    for (const flow of Object.keys(element.flows ?? {})) {
      if (!found[0].outgoing.includes(flow))
        tell(
          path,
          `expected a flow out of <${id}> (${found[0].outgoing.join(', ')}), found <${flow}>`
        )
    }
    if (
      element.flows !== undefined &&
      found[0].type !== 'inclusiveGateway' &&
      !isActivity(found[0])
    )
      sumProblem(Object.values(element.flows), path, tell)
  }
  for (const [key, job] of Object.entries(scenario.jobs ?? {})) {
    const path = `jobs.${key}`
    members(job, MEMBERS.job, path, tell)
    if (known.jobs !== null && !known.jobs.includes(key) && !nodes.has(key))
      tell(path, `expected an element or a kind of job${suggestion(key, known.jobs)}`)
    lengthProblems(job.minutes, path, tell)
    oddsProblems(job.outcomes, path, tell)
  }
  if (problems.length > 0) throw new InvalidData('the scenario does not fit', problems)
  return scenario
}

type Tell = (path: string, message: string) => void

export function arrivalProblems(arrivals: Arrivals): readonly string[] {
  const rates = Object.entries(arrivals).filter(([name]) => name !== 'evenly')
  const [rate] = rates
  return rates.length === 1 && typeof rate?.[1] === 'number' && rate[1] > 0
    ? []
    : ['expected one of perDay, perHour and everyMinutes, above 0']
}

function members(value: unknown, names: readonly string[], path: string, tell: Tell): void {
  if (!isRecord(value)) return tell(path, `expected an object, found ${JSON.stringify(value)}`)
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) {
      tell(path === '' ? name : `${path}.${name}`, `is not known${suggestion(name, names)}`)
    }
  }
}

function lengthProblems(length: Length | undefined, path: string, tell: Tell): void {
  if (length === undefined || (typeof length === 'number' && length >= 0)) return
  if (typeof length === 'number') return tell(path, `expected minutes, found ${length}`)
  const names = isRecord(length) ? NUMBERS[length.distribution] : undefined
  if (names === undefined) {
    return tell(
      path,
      `expected minutes as a number or a distribution (${Object.keys(NUMBERS).join(', ')})`
    )
  }
  const given = length as unknown as Readonly<Record<string, unknown>>
  const numbers = names.map(name => given[name])
  const rising = numbers.every((each, n) => n === 0 || Number(each) >= Number(numbers[n - 1]))
  const ordered = length.distribution === 'triangular' || length.distribution === 'uniform'
  if (!numbers.every(each => typeof each === 'number' && each >= 0) || (ordered && !rising)) {
    tell(path, `expected ${names.join(' <= ')} of a ${length.distribution} distribution`)
  }
}

function oddsProblems(
  outcomes: readonly { readonly probability: number }[] | undefined,
  path: string,
  tell: Tell
): void {
  if (outcomes === undefined) return
  sumProblem(
    outcomes.map(({ probability }) => probability),
    path,
    tell
  )
}

function sumProblem(odds: readonly number[], path: string, tell: Tell): void {
  const sum = odds.reduce((total, each) => total + each, 0)
  if (odds.some(each => !(each >= 0)) || Math.abs(sum - 1) > 0.001)
    tell(path, `expected probabilities that make 1, found ${odds.join(' + ')}`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
