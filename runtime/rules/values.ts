import type { ValidateFunction } from 'ajv/dist/2020.js'
import { COUNTER_HOURS, hoursFault, OFFICE_HOURS } from '../../engine/offices/hours.ts'
import type { Definition } from '../../engine/rules/definitions.ts'
import type { Value } from '../../engine/state.ts'
import { compileShape, schemaProblems } from './schemas.ts'

/** What is wrong with a value of a parameter, or null. */
export function valueFault(definition: Definition, value: Value): string | null {
  if (value === null) return definition.nullable ? null : 'expected a value, found null'
  const found = JSON.stringify(value)
  const whole = Number.isSafeInteger(value)
  switch (definition.type) {
    case 'integer':
      return whole ? null : `expected a whole number, found ${found}`
    case 'money':
      return whole && (value as number) >= 0 ? null : `expected whole rupiah, found ${found}`
    case 'days':
    case 'workdays':
      return whole && (value as number) >= 0 ? null : `expected a number of days, found ${found}`
    case 'boolean':
      return typeof value === 'boolean' ? null : `expected true or false, found ${found}`
    case 'text': {
      if (typeof value !== 'string') return `expected a text, found ${found}`
      const lacking = definition.contains?.filter(part => !value.includes(part)) ?? []
      return lacking.length === 0 ? null : `expected ${lacking.join(' and ')} in ${found}`
    }
    case 'choice':
      return definition.choices?.includes(String(value)) && typeof value === 'string'
        ? null
        : `expected one of ${definition.choices?.join(', ')}, found ${found}`
    case 'set': {
      const ok =
        Array.isArray(value) && value.every(one => definition.choices?.includes(String(one)))
      return ok ? null : `expected a list of ${definition.choices?.join(', ')}, found ${found}`
    }
    case 'record': {
      const [problem] = schemaProblems(shapeOf(definition), value)
      if (problem) return `${problem.path || 'the value'}: ${problem.message}`
      return HOURS.has(definition.key) ? hoursFault(definition.key, value) : null
    }
  }
}

const HOURS: ReadonlySet<string> = new Set([OFFICE_HOURS, COUNTER_HOURS])

const shapes = new WeakMap<object, ValidateFunction>()
/** The compiled shape of a record or of the outcome of a table. */
export function shapeOf(governed: {
  readonly shape?: object
  readonly outcome?: object
}): ValidateFunction {
  const shape = governed.shape ?? governed.outcome ?? {}
  const known = shapes.get(shape)
  if (known) return known
  const compiled = compileShape(shape)
  shapes.set(shape, compiled)
  return compiled
}
