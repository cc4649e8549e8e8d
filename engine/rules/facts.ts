import { Stuck } from '../errors.ts'
import type { Expression } from '../expression.ts'
import type { LocalDate, Value, Variables } from '../state.ts'
import { isDay } from './dates.ts'
import type { FactType, Table } from './definitions.ts'

/** Where facts come from that the process does not give. */
export interface FactSources {
  parameter(key: string): Value
  lastWorkingDayBefore(date: LocalDate): LocalDate
  expression(text: string): Expression
  /** Told of every fact that the case did not give. */
  derived?(name: string): void
}

/**
 * Reads the facts of a table and holds them to their types. A given fact is never replaced; a fact
 * that the table does not name is not read. Flags become the list of what is ticked.
 *
 * @throws Stuck naming every fact that is missing or of the wrong type
 */
export function readFacts(
  table: Table,
  given: Variables,
  asOf: LocalDate,
  sources: FactSources
): Variables {
  const facts: Record<string, Value> = {}
  const faults: string[] = []

  for (const [name, type] of Object.entries(table.facts)) {
    const stated = atPath(given, name)
    const value = stated === undefined ? derive(type, facts, given, asOf, sources) : stated
    if (stated === undefined && value !== undefined) sources.derived?.(name)
    if (value === undefined) {
      faults.push(`expected fact <${name}>, found none`)
      continue
    }
    const fault = faultOf(type, value)
    if (fault) faults.push(`expected fact <${name}> to be ${fault}, found ${brief(value)}`)
    else facts[name] = type.type === 'flags' ? ticked(value) : value
  }
  if (faults.length > 0) throw new Stuck('no-rule', `rule <${table.rule}>: ${faults.join('; ')}`)
  return facts
}

/**
 * Reads the facts of a logged decision again: what the case gave stays as it was, what came from law is
 * derived anew.
 *
 * @throws Stuck naming what cannot be derived or does not fit its type
 */
export function deriveAgain(
  table: Table,
  logged: Variables,
  derived: readonly string[],
  asOf: LocalDate,
  sources: FactSources
): Variables {
  const facts: Record<string, Value> = {}
  for (const name in table.facts) {
    const type = table.facts[name] as FactType
    const given = !derived.includes(name) && Object.hasOwn(logged, name)
    const value = given ? logged[name] : derive(type, facts, facts, asOf, sources)
    const fault = value === undefined ? 'there' : given ? null : faultOf(type, value)
    if (fault !== null) {
      const found = value === undefined ? 'none' : brief(value)
      throw new Stuck(
        'no-rule',
        `rule <${table.rule}>: expected fact <${name}> to be ${fault}, found ${found}`
      )
    }
    facts[name] = value as Value
  }
  return facts
}

/** The value under a name, or under a path of names; undefined when there is none. */
export function atPath(given: Variables, path: string): Value | undefined {
  if (Object.hasOwn(given, path)) return given[path]
  let at: Value | undefined = given
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name))
      return undefined
    at = (at as Variables)[name]
  }
  return at
}

function derive(
  type: FactType,
  facts: Variables,
  given: Variables,
  asOf: LocalDate,
  sources: FactSources
): Value | undefined {
  if (type.parameter !== undefined) return sources.parameter(type.parameter)
  if (type.lastWorkingDayBefore !== undefined) {
    const date = facts[type.lastWorkingDayBefore]
    return isDay(date) ? sources.lastWorkingDayBefore(date) : undefined
  }
  if (type.expression === undefined) return undefined
  const expression = sources.expression(type.expression)
  return expression.evaluate(name => {
    if (name === 'asOf') return asOf
    return Object.hasOwn(facts, name)
      ? facts[name]
      : Object.hasOwn(given, name)
        ? given[name]
        : undefined
  })
}

/** What a fact should have been, or null when it is. */
export function faultOf(type: FactType, value: Value): string | null {
  if (value === null) return type.nullable ? null : describeType(type)
  const ok = isOfType(type, value) && isInRange(type, value)
  return ok ? null : describeType(type)
}

function isOfType({ type, choices }: FactType, value: Value): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value)
    case 'money':
      return Number.isSafeInteger(value) && (value as number) >= 0
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return isDay(value)
    case 'text':
      return typeof value === 'string'
    case 'choice':
      return typeof value === 'string' && (choices ?? []).includes(value)
    case 'set':
      return (
        Array.isArray(value) &&
        value.every(one => typeof one === 'string' && (choices?.includes(one) ?? true))
      )
    case 'flags':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every(one => typeof one === 'boolean')
      )
  }
}

function isInRange({ min, max }: FactType, value: Value): boolean {
  if (typeof value !== 'number' && typeof value !== 'string') return true
  return (min === undefined || value >= min) && (max === undefined || value <= max)
}

function describeType({ type, choices, min, max, nullable }: FactType): string {
  const what = {
    integer: 'a whole number',
    money: 'whole rupiah',
    number: 'a number',
    boolean: 'true or false',
    date: 'a date such as 2015-12-03',
    text: 'a text',
    choice: `one of ${choices?.join(', ')}`,
    set: choices ? `a list of ${choices.join(', ')}` : 'a list of texts',
    flags: 'an object of true and false'
  }[type]
  const range =
    min === undefined && max === undefined ? '' : ` from ${min ?? 'any'} to ${max ?? 'any'}`
  return `${what}${range}${nullable ? ' or null' : ''}`
}

function ticked(value: Value): Value {
  return Object.entries(value as Variables)
    .filter(([, on]) => on === true)
    .map(([name]) => name)
    .sort()
}

/** A value as a message shows it. */
export function brief(value: Value): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
