import type { Run } from './frame.ts'
import type { ParameterType, Signature } from './signature.ts'
import type { SyntaxNode } from './syntax.ts'
import { FeelDate, FeelDateTime } from './temporal.ts'
import { fail, isContext } from './values.ts'

/** What a call gives to a function. */
export interface Argument {
  /** Null when it is told by its place. */
  readonly name: string | null
  readonly node: SyntaxNode
  readonly run: Run
}

/** Stands for an argument that was left out. */
export const missing: Run = () => undefined

/** The arguments in the order of the parameters, or null when they do not fit. */
export function bind(signature: Signature, given: readonly Argument[]): (Argument | null)[] | null {
  const { parameters, variadic } = signature
  if (given.some(({ name }) => name !== null)) {
    if (variadic || !given.every(({ name }) => parameters.some(each => each.name === name))) {
      return null
    }
    const values = parameters.map(({ name }) => given.find(each => each.name === name) ?? null)
    return values.every((value, index) => value || parameters[index]!.optional) ? values : null
  }
  const required = parameters.filter(({ optional }) => !optional).length
  if (given.length < required || (!variadic && given.length > parameters.length)) return null
  return variadic ? [...given] : parameters.map((_, index) => given[index] ?? null)
}

/** The parameters as a message shows them. */
export function parametersOf({ parameters, variadic }: Signature): string {
  const names = parameters.map(
    ({ name, type, optional }) => `${name}: ${type}${optional ? '?' : ''}`
  )
  return names.join(', ') + (variadic ? ', …' : '')
}

/** An argument whose type is checked. */
export function typed({ run, node }: Argument, type: ParameterType): Run {
  switch (type) {
    case 'any':
      return run
    case 'text':
      return frame => {
        const value = run(frame)
        return typeof value === 'string' ? value : fail(node, 'to be a text', value)
      }
    case 'number':
      return frame => {
        const value = run(frame)
        return typeof value === 'number' ? value : fail(node, 'to be a number', value)
      }
    case 'boolean':
      return frame => {
        const value = run(frame)
        return typeof value === 'boolean' ? value : fail(node, 'to be true or false', value)
      }
    case 'list':
      return frame => {
        const value = run(frame)
        if (!Array.isArray(value)) return fail(node, 'to be a list', value)
        frame.spend(value.length, node)
        return value
      }
    case 'context':
      return frame => {
        const value = run(frame)
        return isContext(value) ? value : fail(node, 'to be a context', value)
      }
    case 'day':
      return frame => {
        const value = run(frame)
        return value instanceof FeelDate || value instanceof FeelDateTime
          ? value
          : fail(node, 'to be a date, as date(…) gives it', value)
      }
  }
}
