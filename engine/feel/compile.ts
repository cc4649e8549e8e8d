import type { Problem } from '../errors.ts'
import { compare, comparisonTest, constantsTest, rangeTest, valueTest } from './comparisons.ts'
import type { Test } from './comparisons.ts'
import { ExpressionFailed, ExpressionInvalid } from './errors.ts'
import { Frame } from './frame.ts'
import type { Run } from './frame.ts'
import { functions, LEFT_OUT } from './functions.ts'
import { RESERVED } from './functions/contexts.ts'
import { add, exact, numbersOnly, subtract } from './operators.ts'
import { itemAt, itemsWhere, member } from './paths.ts'
import type { ParameterType, Signature } from './signature.ts'
import { parse, placeOf } from './syntax.ts'
import type { SyntaxNode } from './syntax.ts'
import { FeelDate, FeelDateTime, readAtLiteral } from './temporal.ts'
import { instanceTest } from './types.ts'
import { fail, isContext, weigh } from './values.ts'

/** A FEEL text as a closure. */
export interface Compiled {
  readonly run: Run
  /** How many slots a frame needs. */
  readonly slots: number
  readonly names: readonly string[]
  readonly root: SyntaxNode
  /** Whether the result may hold dates, times or durations. */
  readonly temporal: boolean
}

/**
 * Compiles a FEEL text to closures.
 *
 * @throws ExpressionInvalid with everything that may not be used, not only the first
 */
export function compileFeel(text: string): Compiled {
  const { tree, problems } = parse(text)
  if (!tree) throw new ExpressionInvalid(text, problems)

  const compiler = new Compiler(text)
  const run = compiler.compile(tree)
  if (compiler.problems.length > 0) throw new ExpressionInvalid(text, compiler.problems)
  const { slots, names, temporal } = compiler
  return { run, slots, names: [...names], root: tree, temporal }
}

/** A name that the expression brings up itself, or the item that a filter looks at. */
type Scope =
  | { readonly kind: 'name'; readonly name: string; readonly slot: number }
  | { readonly kind: 'item'; readonly slot: number }

/** How many whole numbers a range of `some` and `every` may have. */
const LONGEST_RANGE = 1000
const NOTHING = new Frame(() => undefined, [])
const nowhere: Run = () => null

class Compiler {
  readonly problems: Problem[] = []
  readonly names = new Set<string>()
  slots = 0
  temporal = false
  readonly #text: string
  readonly #scopes: Scope[] = []
  /** Parts that always give the same, so that they are reckoned once. */
  readonly #constants = new Map<Run, unknown>()

  constructor(text: string) {
    this.#text = text
  }

  compile(node: SyntaxNode): Run {
    const [first, second, third] = node.children
    switch (node.name) {
      case 'Expression':
      case 'ParenthesizedExpression':
      case 'PositiveUnaryTest':
        return this.compile(first!)
      case 'NumericLiteral':
        return this.#number(node)
      case 'StringLiteral':
        return this.#constant(unescape(node.text))
      case 'BooleanLiteral':
        return this.#constant(node.text === 'true')
      case 'null':
        return this.#constant(null)
      case 'AtLiteral':
        return this.#atLiteral(node)
      case 'List':
        return this.#list(node)
      case 'Context':
        return this.#context(node)
      case 'VariableName':
      case 'PathExpression':
      case 'FilterExpression':
        return this.#find(node, false)
      case 'ArithmeticExpression':
        return this.#arithmetic(node)
      case 'Comparison':
        return this.#comparison(node)
      case 'Conjunction':
      case 'Disjunction':
        return this.#junction(node, node.name === 'Disjunction')
      case 'IfExpression':
        return this.#choice(first!, second!, third!)
      case 'InstanceOfExpression':
        return this.#instanceOf(first!, second!)
      case 'QuantifiedExpression':
        return this.#quantified(node)
      case 'FunctionInvocation':
        return this.#call(node)
      case 'DateTimeLiteral':
        return first!.name === 'AtLiteral' ? this.compile(first!) : this.#call(node)
      default:
        for (const child of node.children) this.#survey(child)
        return this.#refuse(node, REFUSED[node.name] ?? `<${node.label}> may not stand here`)
    }
  }

  /** Looks for problems inside a part that is refused as a whole. */
  #survey(node: SyntaxNode): void {
    if (node.name === 'FunctionInvocation' || node.name in REFUSED) this.compile(node)
    else for (const child of node.children) this.#survey(child)
  }

  // literals //////////////////////////////////////////////////////////////////

  #number(node: SyntaxNode): Run {
    const digits = node.text.replace(/e.*$/i, '').replace(/\D|^[0.]+/g, '')
    const value = Number(node.text)
    if (digits.length > 15 || !Number.isFinite(value)) {
      return this.#refuse(node, `expected a number of at most 15 digits, found <${node.label}>`)
    }
    return this.#constant(value)
  }

  #atLiteral(node: SyntaxNode): Run {
    this.temporal = true
    const value = readAtLiteral(unescape(node.children[0]!.text))
    if (value) return this.#constant(value)
    return this.#refuse(node, `expected a date, time or duration, found <${node.label}>`)
  }

  #list(node: SyntaxNode): Run {
    const items = node.children.map(child => this.compile(child))
    const constants = this.#constantsOf(items)
    if (constants) return this.#constant(Object.freeze(constants))
    return frame => items.map(item => item(frame))
  }

  #context(node: SyntaxNode): Run {
    const entries: { readonly name: string; readonly slot: number; readonly run: Run }[] = []
    const outer = this.#scopes.length
    for (const { children } of node.children) {
      const [key, value] = children
      const label = key!.children[0]!
      const name = label.name === 'StringLiteral' ? unescape(label.text) : nameOf(label)
      if (RESERVED.has(name)) this.#refuse(key!, `the name <${name}> may not be used`)
      if (entries.some(entry => entry.name === name)) {
        this.#refuse(key!, `expected every key once, found <${name}> again`)
      }
      const run = this.compile(value!)
      const slot = this.slots++
      entries.push({ name, slot, run })
      this.#scopes.push({ kind: 'name', name, slot })
    }
    this.#scopes.length = outer
    return frame => {
      const result: Record<string, unknown> = {}
      for (const { name, slot, run } of entries) {
        const value = run(frame)
        // entries that repeat earlier ones could double in size each time
        if (typeof value === 'object' && entries.length > 8) weigh(value, node)
        result[name] = value
        frame.slots[slot] = value
      }
      return result
    }
  }

  // names and paths /////////////////////////////////////////////////////////////

  /** A path; what is missing on a lenient one is null. */
  #find(node: SyntaxNode, lenient: boolean): Run {
    const [from, to] = node.children
    switch (node.name) {
      case 'ParenthesizedExpression':
        return this.#find(from!, lenient)
      case 'VariableName':
        return this.#variable(node, lenient)
      case 'PathExpression': {
        const name = nameOf(to!)
        if (RESERVED.has(name)) return this.#refuse(to!, `the name <${name}> may not be used`)
        return member(this.#find(from!, lenient), name, { from: from!, node, lenient })
      }
      case 'FilterExpression':
        return this.#filter(node, lenient)
      default:
        return this.compile(node)
    }
  }

  #variable(node: SyntaxNode, lenient: boolean): Run {
    const name = nameOf(node)
    if (RESERVED.has(name)) return this.#refuse(node, `the name <${name}> may not be used`)

    const items: number[] = []
    for (const scope of this.#scopes.toReversed()) {
      const { slot } = scope
      if (scope.kind === 'item') items.push(slot)
      if (scope.kind === 'item' ? name === 'item' : name === scope.name) {
        return inItems(items, name, frame => frame.slots[slot])
      }
    }
    this.names.add(name)
    return inItems(items, name, frame => {
      const value = frame.lookup(name)
      if (value !== undefined && typeof value !== 'function') return value
      return lenient ? null : fail(node, 'to be a variable', undefined)
    })
  }

  #filter(node: SyntaxNode, lenient: boolean): Run {
    const [from, inner] = node.children
    const target = this.#find(from!, lenient)
    const step = { from: from!, node, lenient }
    if (!isCondition(inner!)) return itemAt(target, this.compile(inner!), step, inner!)

    const slot = this.slots++
    this.#scopes.push({ kind: 'item', slot })
    let condition: Run
    if (inner!.name === 'SimplePositiveUnaryTest' || inner!.name === 'Interval') {
      const test = this.#test(inner!)
      condition = frame => test(frame, frame.slots[slot])
    } else {
      condition = this.#boolean(inner!)
    }
    this.#scopes.pop()
    return itemsWhere(target, slot, condition, step)
  }

  // operators ///////////////////////////////////////////////////////////////////

  #arithmetic(node: SyntaxNode): Run {
    if (node.children.length === 2) return this.#minus(node)
    const [left, { text: operator }, right] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode]
    const at = { node, left, right }
    const [a, b] = [this.compile(left), this.compile(right)]
    switch (operator) {
      case '+':
        return frame => {
          const [x, y] = [a(frame), b(frame)]
          return typeof x === 'number' && typeof y === 'number' ? exact(x + y, node) : add(x, y, at)
        }
      case '-':
        return frame => {
          const [x, y] = [a(frame), b(frame)]
          return typeof x === 'number' && typeof y === 'number'
            ? exact(x - y, node)
            : subtract(x, y, at)
        }
      case '*':
        return frame => {
          const [x, y] = [a(frame), b(frame)]
          // zero is added because a negative zero is no JSON
          return typeof x === 'number' && typeof y === 'number'
            ? exact(x * y, node) + 0
            : numbersOnly(x, y, at)
        }
      case '/':
        return frame => {
          const [x, y] = [a(frame), b(frame)]
          if (typeof x !== 'number' || typeof y !== 'number') return numbersOnly(x, y, at)
          return y === 0 ? fail(right, 'to be other than zero', y) : exact(x / y, node) + 0
        }
      default:
        return frame => {
          const [x, y] = [a(frame), b(frame)]
          return typeof x === 'number' && typeof y === 'number'
            ? exact(x ** y, node) + 0
            : numbersOnly(x, y, at)
        }
    }
  }

  #minus(node: SyntaxNode): Run {
    const [operator, operand] = node.children as [SyntaxNode, SyntaxNode]
    const value = this.compile(operand)
    if (operator.text !== '-') return this.#refuse(operator, `expected <->, found <${operator.text}>`)
    const constant = this.#constants.get(value)
    if (typeof constant === 'number') return this.#constant(0 - constant)
    return frame => {
      const number = value(frame)
      return typeof number === 'number' ? 0 - number : fail(operand, 'to be a number', number)
    }
  }

  #comparison(node: SyntaxNode): Run {
    const [left, middle, right] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode]
    if (middle.name === 'PositiveUnaryTests' || middle.name === 'PositiveUnaryTest') {
      const value = this.compile(left)
      const test = this.#tests(middle)
      return frame => test(frame, value(frame))
    }
    if (middle.name !== 'CompareOp') {
      const value = this.compile(left)
      const test = rangeTest(this.compile(middle), this.compile(right), true, true, node)
      return frame => test(frame, value(frame))
    }
    const operator = middle.text
    if (operator === '=' || operator === '!=') {
      // asking whether something is null is how an expression asks whether it is there
      if (right.name === 'null') return this.#isNull(left, operator === '=')
      if (left.name === 'null') return this.#isNull(right, operator === '=')
    }
    return compare(operator, this.compile(left), this.compile(right), node)
  }

  #isNull(node: SyntaxNode, expected: boolean): Run {
    const value = this.#find(node, true)
    return frame => (value(frame) === null) === expected
  }

  #junction(node: SyntaxNode, or: boolean): Run {
    const [left, right] = node.children.map(child => this.#boolean(child)) as [Run, Run]
    return or
      ? frame => left(frame) === true || right(frame)
      : frame => left(frame) === true && right(frame)
  }

  #choice(condition: SyntaxNode, yes: SyntaxNode, no: SyntaxNode): Run {
    const [test, then, otherwise] = [this.#boolean(condition), this.compile(yes), this.compile(no)]
    return frame => (test(frame) === true ? then(frame) : otherwise(frame))
  }

  #instanceOf(value: SyntaxNode, type: SyntaxNode): Run {
    const run = this.compile(value)
    const test = instanceTest(type)
    if (!test) return this.#refuse(type, `expected a basic type, found <${type.label}>`)
    return frame => test(run(frame))
  }

  /** A part that must give true or false; anything else is said, never taken for false. */
  #boolean(node: SyntaxNode): Run {
    const run = this.compile(node)
    if (isCondition(node) && node.name !== 'IfExpression') return run
    return frame => {
      const value = run(frame)
      return typeof value === 'boolean' ? value : fail(node, 'to be true or false', value)
    }
  }

  // tests after `in` ////////////////////////////////////////////////////////////

  #tests(node: SyntaxNode): Test {
    if (node.name === 'PositiveUnaryTest') return this.#test(node.children[0]!)
    const all = node.children.map(child => this.#test(child.children[0]!))
    const plain = node.children.map(child => this.#plainConstant(child.children[0]!))
    const constants = plain.includes(undefined) ? null : constantsTest(plain, node)
    return constants ?? ((frame, value) => all.some(test => test(frame, value)))
  }

  #test(node: SyntaxNode): Test {
    const [first, second] = node.children
    if (node.name === 'SimplePositiveUnaryTest') {
      return first!.name === 'CompareOp'
        ? comparisonTest(first!.text, this.compile(second!), node)
        : this.#test(first!)
    }
    if (node.name === 'Interval') {
      const [low, high] = [this.compile(first!), this.compile(second!)]
      return rangeTest(low, high, node.text.startsWith('['), node.text.endsWith(']'), node)
    }
    const run = this.compile(node)
    const constant = this.#constants.get(run)
    return (Array.isArray(constant) && constantsTest(constant, node)) || valueTest(run, node)
  }

  #plainConstant(node: SyntaxNode): unknown {
    return node.name === 'StringLiteral' || node.name === 'NumericLiteral'
      ? this.#constants.get(this.compile(node))
      : undefined
  }

  // some and every //////////////////////////////////////////////////////////////

  #quantified(node: SyntaxNode): Run {
    const [quantifier, iterations, condition] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode]
    const some = quantifier.name === 'some'
    const outer = this.#scopes.length
    const loops = iterations.children.map(({ children: [name, range] }) => {
      const items = this.#iteration(range!)
      const slot = this.slots++
      this.#scopes.push({ kind: 'name', name: nameOf(name!), slot })
      return { items, slot }
    })
    const test = this.#boolean(condition)
    this.#scopes.length = outer

    return loops.reduceRight<Run>(
      (inner, { items, slot }) =>
        frame => {
          for (const item of items(frame)) {
            frame.spend(1, node)
            frame.slots[slot] = item
            if ((inner(frame) === true) === some) return some
          }
          return !some
        },
      test
    )
  }

  #iteration(node: SyntaxNode): (frame: Frame) => readonly unknown[] {
    const [from, to] = node.children as [SyntaxNode, SyntaxNode?]
    const run = this.compile(from)
    if (!to) {
      return frame => {
        const list = run(frame)
        return Array.isArray(list) ? list : fail(from, 'to be a list', list)
      }
    }
    const [first, last] = [run, this.compile(to)].map(end => this.#constants.get(end))
    const whole = Number.isInteger(first) && Number.isInteger(last)
    const count = whole ? Math.abs((last as number) - (first as number)) + 1 : Infinity
    if (count > LONGEST_RANGE) {
      const limit = `at most ${LONGEST_RANGE} whole numbers written out`
      this.#refuse(node, `expected a list, or a range of ${limit}, found <${node.label}>`)
      return () => []
    }
    const step = (last as number) < (first as number) ? -1 : 1
    const numbers = Array.from({ length: count }, (_, index) => (first as number) + index * step)
    return () => numbers
  }

  // functions ///////////////////////////////////////////////////////////////////

  #call(node: SyntaxNode): Run {
    const [target, parameters] = node.children as [SyntaxNode, SyntaxNode?]
    const name = target.text.replace(/\s+/g, ' ')
    const given = this.#arguments(parameters)
    const builtin = functions.get(name)
    if (!builtin) {
      const why = LEFT_OUT.get(name)
      return this.#refuse(target, why ?? `expected a function of DMN, found <${target.label}>`)
    }
    if (['date', 'time', 'date and time', 'duration', 'years and months duration'].includes(name)) {
      this.temporal = true
    }
    for (const signature of builtin) {
      const runs = bind(signature, given)
      if (runs) return this.#apply(signature, runs, node)
    }
    const forms = builtin.map(signature => `${name}(${parametersOf(signature)})`).join(' or ')
    return this.#refuse(node, `expected ${forms}, found <${node.label}>`)
  }

  #arguments(node: SyntaxNode | undefined): readonly Argument[] {
    return (node?.children ?? []).map(child => {
      const [name, value] = child.children
      return child.name === 'NamedParameter'
        ? { name: nameOf(name!.children[0]!), node: value!, run: this.compile(value!) }
        : { name: null, node: child, run: this.compile(child) }
    })
  }

  #apply(signature: Signature, values: readonly (Argument | null)[], node: SyntaxNode): Run {
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

    if (!values.every(value => !value || this.#constants.has(value.run))) return run
    try {
      return this.#constant(run(NOTHING))
    } catch (error) {
      if (!(error instanceof ExpressionFailed)) throw error
      return this.#refuse(node, error.message)
    }
  }

  // helpers /////////////////////////////////////////////////////////////////////

  #constant(value: unknown): Run {
    const run: Run = () => value
    this.#constants.set(run, value)
    return run
  }

  #constantsOf(runs: readonly Run[]): unknown[] | null {
    return runs.every(run => this.#constants.has(run))
      ? runs.map(run => this.#constants.get(run))
      : null
  }

  #refuse(node: SyntaxNode, message: string): Run {
    this.problems.push({ path: placeOf(this.#text, node.from), message })
    return nowhere
  }
}

interface Argument {
  /** Null when it is told by its place. */
  readonly name: string | null
  readonly node: SyntaxNode
  readonly run: Run
}

const REFUSED: Readonly<Record<string, string>> = {
  ForExpression: '<for> may not be used',
  FunctionDefinition: 'functions may not be defined',
  Interval: 'a range may only stand after <in>',
  '?': '<?> may not be used',
  Wildcard: '<-> may not be used'
}

const missing: Run = () => undefined

/** The arguments in the order of the parameters, or null when they do not fit. */
function bind(signature: Signature, given: readonly Argument[]): (Argument | null)[] | null {
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

function parametersOf({ parameters, variadic }: Signature): string {
  const names = parameters.map(({ name, type, optional }) => `${name}: ${type}${optional ? '?' : ''}`)
  return names.join(', ') + (variadic ? ', …' : '')
}

/** An argument whose type is checked. */
function typed({ run, node }: Argument, type: ParameterType): Run {
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

/** Looks for a name in the items that filters look at, the innermost first, then outside. */
function inItems(items: readonly number[], name: string, outside: Run): Run {
  if (items.length === 0) return outside
  return frame => {
    for (const slot of items) {
      const item = frame.slots[slot]
      if (isContext(item) && Object.hasOwn(item, name) && item[name] !== undefined) {
        return item[name]
      }
    }
    return outside(frame)
  }
}

/** Whether a part always gives true or false, by its form alone. */
function isCondition(node: SyntaxNode): boolean {
  const [first, second, third] = node.children
  switch (node.name) {
    case 'Comparison':
    case 'Conjunction':
    case 'Disjunction':
    case 'InstanceOfExpression':
    case 'QuantifiedExpression':
    case 'BooleanLiteral':
    case 'SimplePositiveUnaryTest':
    case 'Interval':
      return true
    case 'Expression':
    case 'ParenthesizedExpression':
      return isCondition(first!)
    case 'IfExpression':
      return isCondition(second!) && isCondition(third!)
    case 'FunctionInvocation': {
      const builtin = functions.get(first!.text.replace(/\s+/g, ' '))
      return builtin?.every(({ boolean }) => boolean) ?? false
    }
    default:
      return false
  }
}

/** A name of one or several words, as FEEL joins them. */
function nameOf(node: SyntaxNode): string {
  return node.children.length > 0
    ? node.children.map(({ text }) => text).join(' ')
    : node.text.replace(/\s+/g, ' ')
}

function unescape(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:(["\\])|([nrt])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6}))/g,
      (_, sign: string, control: string, unit: string, point: string) =>
        sign ??
        CONTROLS[control as keyof typeof CONTROLS] ??
        (unit ? String.fromCharCode(Number.parseInt(unit, 16)) : codePoint(point))
    )
}
const CONTROLS = { n: '\n', r: '\r', t: '\t' } as const

function codePoint(hex: string): string {
  const code = Number.parseInt(hex, 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
