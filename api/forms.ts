import type { Value, Variables } from '../engine/state.ts'
import type { JsonSchema } from './schemas.ts'

/** The form of what is only ticked off. */
export const NO_FORM: JsonSchema = { type: 'object', properties: {}, additionalProperties: false }

/** What a form starts with: the variables of the same names as its properties. */
export function startingValues(schema: JsonSchema, variables: Variables): Variables {
  const names = Object.keys(propertiesOf(schema)).filter(name => Object.hasOwn(variables, name))
  return Object.fromEntries(names.map(name => [name, variables[name] as Value]))
}

/** The form with the items of its checklists beside the paths that name them. */
export function withItems(schema: JsonSchema, variables: Variables): JsonSchema {
  const path = schema['x-items']
  const items = typeof path === 'string' ? valueAt(path, variables) : undefined
  const list = items === undefined ? {} : { 'x-item-list': items }
  const properties = Object.entries(propertiesOf(schema))
  if (properties.length === 0) return { ...schema, ...list }
  const inside = properties.map(([name, each]) => [name, withItems(each, variables)])
  return { ...schema, ...list, properties: Object.fromEntries(inside) }
}

function propertiesOf(schema: JsonSchema): { readonly [name: string]: JsonSchema } {
  const { properties } = schema
  if (properties === null || typeof properties !== 'object') return {}
  return properties as { readonly [name: string]: JsonSchema }
}

/** What lies at a path such as `checklist.documents`. */
function valueAt(path: string, variables: Variables): Value | undefined {
  let value: Value | undefined = variables
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as Variables)[key]
  }
  return value
}
