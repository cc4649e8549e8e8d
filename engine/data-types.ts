import type { Declared, ElementId, ProcessGraph } from './graph.ts'

/** The types that a diagram can state for a variable, in FEEL's words. */
export type ValueType =
  | 'string'
  | 'boolean'
  | 'number'
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration'

const PRIMITIVES: Readonly<Record<string, ValueType>> = {
  string: 'string',
  normalizedstring: 'string',
  token: 'string',
  anyuri: 'string',
  boolean: 'boolean',
  byte: 'number',
  short: 'number',
  int: 'number',
  integer: 'number',
  long: 'number',
  positiveinteger: 'number',
  nonnegativeinteger: 'number',
  decimal: 'number',
  float: 'number',
  double: 'number',
  number: 'number',
  date: 'date',
  time: 'time',
  datetime: 'date and time',
  duration: 'duration'
}

/** The type that a `structureRef` names (`xsd:string`, `java.lang.Integer`), or null when it is none of these. */
export function primitiveOf(structure: string | undefined): ValueType | null {
  const name =
    structure
      ?.split(/[:.#/]/)
      .at(-1)
      ?.toLowerCase() ?? ''
  return Object.hasOwn(PRIMITIVES, name) ? (PRIMITIVES[name] as ValueType) : null
}

/** A variable that a diagram declares, and the element that it belongs to; null: the process. */
export interface Typed extends Declared {
  readonly scope: ElementId | null
}

/** Every variable that a diagram declares, with its type where it states one. */
export function typesOf(graph: ProcessGraph): readonly Typed[] {
  const owned = Object.values(graph.nodes).flatMap(node =>
    'declares' in node ? node.declares.map(each => ({ ...each, scope: node.id })) : []
  )
  return [...graph.declares.map(each => ({ ...each, scope: null })), ...owned]
}
