import type { Argument } from './arguments.ts'
import { bind, missing, parametersOf, typed } from './arguments.ts'
import type { Compiler } from './compiler.ts'
import { ExpressionFailed } from './errors.ts'
import { nameOf } from './forms.ts'
import type { Run } from './frame.ts'
import { Frame } from './frame.ts'
import { functions, LEFT_OUT } from './functions.ts'
import type { Signature } from './signature.ts'
import type { SyntaxNode } from './syntax.ts'

const NOTHING = new Frame(() => undefined, [])
/** The functions that make dates, times and durations. */
const TEMPORAL = new Set(['date', 'time', 'date and time', 'duration', 'years and months duration'])

/** Compiles the call of a function of DMN; one of constants only is carried out at once. */
export function compileCall(compiler: Compiler, node: SyntaxNode): Run {
  const [target, parameters] = node.children as [SyntaxNode, SyntaxNode?]
  const name = target.text.replace(/\s+/g, ' ')
  const given = argumentsOf(compiler, parameters)
  const builtin = functions.get(name)
  if (!builtin) {
    const why = LEFT_OUT.get(name)
    return compiler.refuse(target, why ?? `expected a function of DMN, found <${target.label}>`)
  }
  if (TEMPORAL.has(name)) compiler.temporal = true
  for (const signature of builtin) {
    const runs = bind(signature, given)
    if (runs) return apply(compiler, signature, runs, node)
  }
  const forms = builtin.map(signature => `${name}(${parametersOf(signature)})`).join(' or ')
  return compiler.refuse(node, `expected ${forms}, found <${node.label}>`)
}

function argumentsOf(compiler: Compiler, node: SyntaxNode | undefined): readonly Argument[] {
  return (node?.children ?? []).map(child => {
    const [name, value] = child.children
    return child.name === 'NamedParameter'
      ? { name: nameOf(name!.children[0]!), node: value!, run: compiler.compile(value!) }
      : { name: null, node: child, run: compiler.compile(child) }
  })
}

function apply(
  compiler: Compiler,
  signature: Signature,
  values: readonly (Argument | null)[],
  node: SyntaxNode
): Run {
  const call = signature.run as (node: SyntaxNode, ...values: unknown[]) => unknown
  const { parameters, variadic } = signature
  const fixed = variadic ? parameters.length - 1 : parameters.length
  const runs = values
    .slice(0, fixed)
    .map((value, index) => (value ? typed(value, parameters[index]!.type) : missing))
  if (variadic) {
    const rest = values.slice(fixed).map(value => value!.run)
    runs.push(frame => {
      frame.spend(rest.length, node)
      return rest.map(each => each(frame))
    })
  }
  const [a, b, c, d] = runs as [Run, Run, Run, Run]
  const run: Run =
    runs.length === 1
      ? frame => call(node, a(frame))
      : runs.length === 2
        ? frame => call(node, a(frame), b(frame))
        : runs.length === 3
          ? frame => call(node, a(frame), b(frame), c(frame))
          : frame => call(node, a(frame), b(frame), c(frame), d(frame))

  if (!values.every(value => !value || compiler.constants.has(value.run))) return run
  try {
    return compiler.constant(run(NOTHING))
  } catch (error) {
    if (!(error instanceof ExpressionFailed)) throw error
    return compiler.refuse(node, error.message)
  }
}
