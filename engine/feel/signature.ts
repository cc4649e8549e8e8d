import type { SyntaxNode } from './syntax.ts'
import type { FeelDate, FeelDateTime } from './temporal.ts'
import type { Context } from './values.ts'

interface Types {
  text: string
  number: number
  boolean: boolean
  list: readonly unknown[]
  context: Context
  day: FeelDate | FeelDateTime
  any: unknown
}
export type ParameterType = keyof Types
/** `match: text`, or `length: number?` when it may be left out. */
export type Parameter = `${string}: ${ParameterType}` | `${string}: ${ParameterType}?`

type ValueOf<P extends Parameter> = P extends `${string}: ${infer Type extends ParameterType}?`
  ? Types[Type] | undefined
  : P extends `${string}: ${infer Type extends ParameterType}`
    ? Types[Type]
    : never
type ValuesOf<P extends readonly Parameter[]> = { -readonly [Index in keyof P]: ValueOf<P[Index]> }

/** One way to call a function: what it takes, and what it does with values of these types. */
export interface Signature {
  readonly parameters: readonly {
    readonly name: string
    readonly type: ParameterType
    readonly optional: boolean
  }[]
  /** The last parameter takes all arguments that are left, as a list. */
  readonly variadic: boolean
  /** It always gives true or false. */
  readonly boolean: boolean
  /** Does the work; the node is the call, for messages. */
  readonly run: (node: SyntaxNode, ...values: never[]) => unknown
}
export type Builtin = readonly Signature[]

function signature<const P extends readonly Parameter[]>(
  parameters: P,
  run: (node: SyntaxNode, ...values: ValuesOf<P>) => unknown,
  kind: Partial<Pick<Signature, 'variadic' | 'boolean'>> = {}
): Signature {
  return {
    parameters: parameters.map(parameter => {
      const [name, type] = parameter.split(': ') as [string, string]
      return {
        name,
        type: type.replace('?', '') as ParameterType,
        optional: type.endsWith('?')
      }
    }),
    variadic: false,
    boolean: false,
    ...kind,
    run: run as Signature['run']
  }
}

/** A function that is called in one way. */
export function takes<const P extends readonly Parameter[]>(
  parameters: P,
  run: (node: SyntaxNode, ...values: ValuesOf<P>) => unknown
): Builtin {
  return [signature(parameters, run)]
}

/** A function that gives true or false. */
export function tests<const P extends readonly Parameter[]>(
  parameters: P,
  run: (node: SyntaxNode, ...values: ValuesOf<P>) => boolean
): Builtin {
  return [signature(parameters, run, { boolean: true })]
}

/** A function of a list, or of any number of arguments that stand for one. */
export function gathers(
  run: (node: SyntaxNode, list: readonly unknown[]) => unknown,
  boolean = false
): Builtin {
  const spread = (node: SyntaxNode, list: readonly unknown[]) => {
    const [only] = list
    return run(node, list.length === 1 && Array.isArray(only) ? only : list)
  }
  return [signature(['list: list'], spread, { variadic: true, boolean })]
}

/** A function whose last parameter takes all arguments that are left. */
export function takesMore<const P extends readonly Parameter[]>(
  parameters: P,
  run: (node: SyntaxNode, ...values: ValuesOf<P>) => unknown
): Builtin {
  return [signature(parameters, run, { variadic: true })]
}

/** A function that is called in several ways. */
export function either(...builtins: readonly Builtin[]): Builtin {
  return builtins.flat()
}
