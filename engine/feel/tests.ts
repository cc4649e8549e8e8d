import type { Test } from './comparisons.ts'
import { comparisonTest, constantsTest, rangeTest, valueTest } from './comparisons.ts'
import type { Compiler } from './compiler.ts'
import type { SyntaxNode } from './syntax.ts'

/** Compiles what stands after `in`. */
export function compileTests(compiler: Compiler, node: SyntaxNode): Test {
  if (node.name === 'PositiveUnaryTest') return compileTest(compiler, node.children[0]!)
  const all = node.children.map(child => compileTest(compiler, child.children[0]!))
  const plain = node.children.map(child => plainConstant(compiler, child.children[0]!))
  const constants = plain.includes(undefined) ? null : constantsTest(plain, node)
  return constants ?? ((frame, value) => all.some(test => test(frame, value)))
}

/** Compiles one test such as `> 5`, `[1..5)`, `5` or a list. */
export function compileTest(compiler: Compiler, node: SyntaxNode): Test {
  const [first, second] = node.children
  if (node.name === 'SimplePositiveUnaryTest') {
    return first!.name === 'CompareOp'
      ? comparisonTest(first!.text, compiler.compile(second!), node)
      : compileTest(compiler, first!)
  }
  if (node.name === 'Interval') {
    const [low, high] = [compiler.compile(first!), compiler.compile(second!)]
    return rangeTest(low, high, node.text.startsWith('['), node.text.endsWith(']'), node)
  }
  const run = compiler.compile(node)
  const constant = compiler.constants.get(run)
  return (Array.isArray(constant) && constantsTest(constant, node)) || valueTest(run, node)
}

function plainConstant(compiler: Compiler, node: SyntaxNode): unknown {
  return node.name === 'StringLiteral' || node.name === 'NumericLiteral'
    ? compiler.constants.get(compiler.compile(node))
    : undefined
}
