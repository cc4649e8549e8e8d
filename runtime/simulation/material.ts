import type { Problem } from '../../engine/errors.ts'
import { type FormSchema, validateForm } from '../../engine/forms.ts'
import type { ElementId } from '../../engine/graph.ts'
import type { LocalDate, Value, Variables } from '../../engine/state.ts'
import { addDays, daysBetween } from '../../engine/time.ts'
import type { ExampleCase } from '../cases.ts'
import { type Dice, pick } from './random.ts'
import type { JobOutcome, Scenario } from './scenario.ts'

/** What one instance is filled in with: an example case, with its dates moved to the day it comes in. */
export interface Material {
  readonly start: { readonly element: ElementId | null; readonly variables: Variables }
  /** What is filled in at an element, the first way first; each is tried until the form takes one. */
  readonly fill: (element: ElementId, visit: number) => readonly Variables[]
  readonly job: (element: ElementId, kind: string) => JobOutcome
}

/** Dates nearer than this to the day of an example are moved with it; others, as birthdays, stay. */
const NEAR = 400

/** The cases that can come in, by their weights: those that the scenario names, else every example that fits. */
export class Materials {
  readonly #scenario: Scenario
  readonly #starts: readonly {
    readonly example: ExampleCase | null
    readonly variables: Variables | null
    readonly weight: number
  }[]
  readonly #examples: readonly ExampleCase[]

  constructor(scenario: Scenario, examples: readonly ExampleCase[], office: string) {
    this.#scenario = scenario
    const usable = examples.filter(({ start }) => start.refused === undefined)
    const here = usable.filter(example => example.office === office)
    this.#examples = here.length > 0 ? here : usable
    const named = scenario.starts?.map(({ example, variables = null, weight = 1 }) => ({
      example: usable.find(({ name }) => name === example) ?? null,
      variables,
      weight
    }))
    const all = this.#examples.map(example => ({ example, variables: null, weight: 1 }))
    this.#starts = named ?? (all.length > 0 ? all : [NOTHING])
  }

  /** The names of the examples that are used, for what is said about the run. */
  get names(): readonly string[] {
    return this.#starts.flatMap(({ example }) => example?.name ?? [])
  }

  /** What an instance that comes in on this day is filled in with. */
  next(today: LocalDate, dice: Dice): Material {
    const { example, variables } = pick(this.#starts, ({ weight }) => weight, dice)
    const order = [
      ...(example === null ? [] : [example]),
      ...this.#examples.filter(each => each !== example)
    ]
    const moved = (from: ExampleCase, value: Variables): Variables =>
      movedTo(value, from.at.slice(0, 10), today) as Variables
    const began = example === null ? {} : moved(example, example.start.variables)
    return {
      start: { element: example?.start.element ?? null, variables: merged(began, variables ?? {}) },
      fill: (element, visit) => {
        const outcomes = this.#scenario.elements?.[element]?.outcomes
        const over =
          outcomes === undefined
            ? {}
            : pick(outcomes, ({ probability }) => probability, dice).variables
        const ways = order.flatMap(each => {
          const filled = filledIn(each, element)
          const own = filled[Math.min(visit, filled.length - 1)]
          return own === undefined ? [] : [moved(each, own)]
        })
        return [...ways, {}].map(way => merged(way, over))
      },
      job: (element, kind) => {
        const { jobs = {} } = this.#scenario
        const stated = jobs[element]?.outcomes ?? jobs[kind]?.outcomes
        if (stated !== undefined) return pick(stated, ({ probability }) => probability, dice)
        for (const each of order) {
          const result = each.jobs?.[element] ?? each.jobs?.[kind]
          if (result !== undefined) return { probability: 1, result: moved(each, result) }
        }
        return { probability: 1, result: {} }
      }
    }
  }
}

const NOTHING = { example: null, variables: null, weight: 1 }

/** What an example fills in at an element, time after time, without what its form must refuse. */
function filledIn({ moves = [] }: ExampleCase, element: ElementId): readonly Variables[] {
  return moves.flatMap(move =>
    'complete' in move && move.complete === element && move.refused === undefined
      ? [move.variables ?? {}]
      : []
  )
}

/** What a person fills in that the form takes, or what it says of the first way. */
export function filled(
  form: FormSchema | null,
  ways: readonly Variables[],
  around: { readonly variables: Variables; readonly today: LocalDate },
  dice: Dice
): { readonly values: Variables } | { readonly problems: readonly Problem[] } {
  if (form === null) return { values: ways[0] ?? {} }
  let first: readonly Problem[] | null = null
  for (const way of ways) {
    const { values, problems } = validateForm(form, way, around)
    if (problems.length === 0) return { values }
    first ??= problems
  }
  const last = ways.at(-1) ?? {}
  const made = merged(madeUp(form as unknown as Schema, around.today, dice) as Variables, last)
  const { values, problems } = validateForm(form, made, around)
  return problems.length === 0 ? { values } : { problems: first ?? problems }
}

// made up ///////////////////////////////////////////////////////////////////////

interface Schema {
  readonly type?: string
  readonly const?: Value
  readonly enum?: readonly Value[]
  readonly oneOf?: readonly { readonly const?: Value }[]
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly readOnly?: boolean
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
}

/** A value that a form may take, with equal odds for every choice: only what is required. */
function madeUp(schema: Schema, today: LocalDate, dice: Dice): Value {
  const choices = schema.oneOf?.flatMap(each => (each.const === undefined ? [] : [each.const]))
  const all = schema.const !== undefined ? [schema.const] : (schema.enum ?? choices ?? [])
  if (all.length > 0) return pick(all, () => 1, dice)
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema
      const names = required.filter(name => properties[name]?.readOnly !== true)
      return Object.fromEntries(
        names.map(name => [name, madeUp(properties[name] ?? {}, today, dice)])
      )
    }
    case 'boolean':
      return dice.roll() < 0.5
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = minimum + 100 } = schema
      return minimum + Math.floor(dice.roll() * (maximum - minimum + 1))
    }
    case 'array':
      return []
    default:
      if (schema.format === 'date') return today
      if (schema.format === 'email') return 'contoh@contoh.example'
      return 'contoh'.padEnd(schema.minLength ?? 0, '-')
  }
}

// values ////////////////////////////////////////////////////////////////////////

/** One value over another: objects part by part, everything else as a whole. */
export function merged(under: Variables, over: Variables): Variables {
  const both: Record<string, Value> = { ...under }
  for (const [name, value] of Object.entries(over)) {
    const below = both[name]
    both[name] = isRecord(value) && isRecord(below) ? merged(below, value) : value
  }
  return both
}

/**
 * A value with its dates moved from one day to another. What a passport says is left: its machine readable
 * zone says the same dates.
 */
export function movedTo(value: Value, from: LocalDate, to: LocalDate): Value {
  if (typeof value === 'string') {
    const date = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(value)?.[0]
    if (date === undefined || Math.abs(daysBetween(from, date)) > NEAR) return value
    return addDays(date, daysBetween(from, to)) + value.slice(10)
  }
  if (Array.isArray(value)) return value.map(each => movedTo(each as Value, from, to))
  if (!isRecord(value) || 'mrz' in value) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, movedTo(each, from, to)])
  )
}

function isRecord(value: Value | undefined): value is { readonly [name: string]: Value } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
