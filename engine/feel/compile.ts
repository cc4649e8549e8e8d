import type { Problem } from '../errors.ts'
import { compileArithmetic } from './arithmetic.ts'
import { compileCall } from './calls.ts'
import { compare, rangeTest } from './comparisons.ts'
import type { Compiler, Scope } from './compiler.ts'
import { ExpressionInvalid } from './errors.ts'
import { isCondition, nameOf, textOf } from './forms.ts'
import type { Run } from './frame.ts'
import { RESERVED } from './functions/contexts.ts'
import { itemAt, itemsWhere, member } from './paths.ts'
import { compileQuantified } from './quantifiers.ts'
import { readAtLiteral } from './reading.ts'
import type { SyntaxNode } from './syntax.ts'
import { parse, placeOf } from './syntax.ts'
import { compileTest, compileTests } from './tests.ts'
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

  const compiler = new ExpressionCompiler(text)
  const run = compiler.compile(tree)
  if (compiler.problems.length > 0) throw new ExpressionInvalid(text, compiler.problems)
  const { slots, names, temporal } = compiler
  return { run, slots, names: [...names], root: tree, temporal }
}

const nowhere: Run = () => null

class ExpressionCompiler implements Compiler {
  readonly problems: Problem[] = []
  readonly names = new Set<string>()
  slots = 0
  temporal = false
  readonly #text: string
  /** The slots of names that are read. */
  readonly #read = new Set<number>()
  readonly scopes: Scope[] = []
  /** Parts that always give the same, so that they are reckoned once. */
  readonly constants = new Map<Run, unknown>()

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
        return this.constant(textOf(node.text))
      case 'BooleanLiteral':
        return this.constant(node.text === 'true')
      case 'null':
        return this.constant(null)
      case 'AtLiteral':
        return this.#atLiteral(node)
      case 'List':
        return this.#list(node)
      case 'Context':
        return this.#context(node)
      case 'VariableName':
      case 'PathExpression':
      case 'FilterExpression':
        return this.find(node, false)
      case 'ArithmeticExpression':
        return compileArithmetic(this, node)
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
        return compileQuantified(this, node)
      case 'FunctionInvocation':
        return compileCall(this, node)
      case 'DateTimeLiteral':
        return first!.name === 'AtLiteral' ? this.compile(first!) : compileCall(this, node)
      default:
        for (const child of node.children) this.#survey(child)
        return this.refuse(node, REFUSED[node.name] ?? `<${node.label}> may not stand here`)
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
      return this.refuse(node, `expected a number of at most 15 digits, found <${node.label}>`)
    }
    return this.constant(value)
  }

  #atLiteral(node: SyntaxNode): Run {
    this.temporal = true
    const value = readAtLiteral(textOf(node.children[0]!.text))
    if (value) return this.constant(value)
    return this.refuse(node, `expected a date, time or duration, found <${node.label}>`)
  }

  #list(node: SyntaxNode): Run {
    const items = node.children.map(child => this.compile(child))
    const constants = this.constantsOf(items)
    if (constants) return this.constant(Object.freeze(constants))
    return frame => items.map(item => item(frame))
  }

  #context(node: SyntaxNode): Run {
    const entries: { readonly name: string; readonly slot: number; readonly run: Run }[] = []
    const outer = this.scopes.length
    for (const { children } of node.children) {
      const [key, value] = children
      const label = key!.children[0]!
      const name = label.name === 'StringLiteral' ? textOf(label.text) : nameOf(label)
      if (RESERVED.has(name)) this.refuse(key!, `the name <${name}> may not be used`)
      if (entries.some(entry => entry.name === name)) {
        this.refuse(key!, `expected every key once, found <${name}> again`)
      }
      const run = this.compile(value!)
      const slot = this.slots++
      entries.push({ name, slot, run })
      this.scopes.push({ kind: 'name', name, slot })
    }
    this.scopes.length = outer
    const repeats = entries.some(({ slot }) => this.#read.has(slot))
    return frame => {
      const result: Record<string, unknown> = {}
      for (const { name, slot, run } of entries) {
        const value = run(frame)
        // entries that repeat earlier ones can grow by as much each time
        if (repeats && typeof value === 'object') weigh(value, node)
        result[name] = value
        frame.slots[slot] = value
      }
      return result
    }
  }

  // names and paths /////////////////////////////////////////////////////////////

  /** A path; what is missing on a lenient one is null. */
  find(node: SyntaxNode, lenient: boolean): Run {
    const [from, to] = node.children
    switch (node.name) {
      case 'ParenthesizedExpression':
        return this.find(from!, lenient)
      case 'VariableName':
        return this.#variable(node, lenient)
      case 'PathExpression': {
        const name = nameOf(to!)
        if (RESERVED.has(name)) return this.refuse(to!, `the name <${name}> may not be used`)
        return member(this.find(from!, lenient), name, { from: from!, node, lenient })
      }
      case 'FilterExpression':
        return this.#filter(node, lenient)
      default:
        return this.compile(node)
    }
  }

  #variable(node: SyntaxNode, lenient: boolean): Run {
    const name = nameOf(node)
    if (RESERVED.has(name)) return this.refuse(node, `the name <${name}> may not be used`)

    const items: number[] = []
    for (const scope of this.scopes.toReversed()) {
      const { slot } = scope
      if (scope.kind === 'item') items.push(slot)
      if (scope.kind === 'item' ? name === 'item' : name === scope.name) {
        this.#read.add(slot)
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
    const target = this.find(from!, lenient)
    const step = { from: from!, node, lenient }
    if (!isCondition(inner!)) return itemAt(target, this.compile(inner!), step, inner!)

    const slot = this.slots++
    this.scopes.push({ kind: 'item', slot })
    let condition: Run
    if (inner!.name === 'SimplePositiveUnaryTest' || inner!.name === 'Interval') {
      const test = compileTest(this, inner!)
      condition = frame => test(frame, frame.slots[slot])
    } else {
      condition = this.boolean(inner!)
    }
    this.scopes.pop()
    return itemsWhere(target, slot, condition, step)
  }

  // operators ///////////////////////////////////////////////////////////////////

  #comparison(node: SyntaxNode): Run {
    const [left, middle, right] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode]
    if (middle.name === 'PositiveUnaryTests' || middle.name === 'PositiveUnaryTest') {
      const value = this.compile(left)
      const test = compileTests(this, middle)
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
    const value = this.find(node, true)
    return frame => (value(frame) === null) === expected
  }

  #junction(node: SyntaxNode, or: boolean): Run {
    const [left, right] = node.children.map(child => this.boolean(child)) as [Run, Run]
    return or
      ? frame => left(frame) === true || right(frame)
      : frame => left(frame) === true && right(frame)
  }

  #choice(condition: SyntaxNode, yes: SyntaxNode, no: SyntaxNode): Run {
    const [test, then, otherwise] = [this.boolean(condition), this.compile(yes), this.compile(no)]
    return frame => (test(frame) === true ? then(frame) : otherwise(frame))
  }

  #instanceOf(value: SyntaxNode, type: SyntaxNode): Run {
    const run = this.compile(value)
    const test = instanceTest(type)
    if (!test) return this.refuse(type, `expected a basic type, found <${type.label}>`)
    return frame => test(run(frame))
  }

  /** A part that must give true or false; anything else is said, never taken for false. */
  boolean(node: SyntaxNode): Run {
    const run = this.compile(node)
    if (isCondition(node) && node.name !== 'IfExpression') return run
    return frame => {
      const value = run(frame)
      return typeof value === 'boolean' ? value : fail(node, 'to be true or false', value)
    }
  }

  // helpers /////////////////////////////////////////////////////////////////////

  constant(value: unknown): Run {
    const run: Run = () => value
    this.constants.set(run, value)
    return run
  }

  constantsOf(runs: readonly Run[]): unknown[] | null {
    return runs.every(run => this.constants.has(run))
      ? runs.map(run => this.constants.get(run))
      : null
  }

  refuse(node: SyntaxNode, message: string): Run {
    this.problems.push({ path: placeOf(this.#text, node.from), message })
    return nowhere
  }
}

const REFUSED: Readonly<Record<string, string>> = {
  ForExpression: '<for> may not be used',
  FunctionDefinition: 'functions may not be defined',
  Interval: 'a range may only stand after <in>',
  '?': '<?> may not be used',
  Wildcard: '<-> may not be used'
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
