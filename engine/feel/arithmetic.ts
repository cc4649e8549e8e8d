import type { Compiler } from './compiler.ts'
import type { Run } from './frame.ts'
import { add, exact, numbersOnly, subtract } from './operators.ts'
import type { SyntaxNode } from './syntax.ts'
import { fail } from './values.ts'

/** Compiles `+ - * / **` and the minus sign. */
export function compileArithmetic(compiler: Compiler, node: SyntaxNode): Run {
  if (node.children.length === 2) return minus(compiler, node)
  const [left, { text: operator }, right] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode]
  const at = { node, left, right }
  const [a, b] = [compiler.compile(left), compiler.compile(right)]
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

function minus(compiler: Compiler, node: SyntaxNode): Run {
  const [operator, operand] = node.children as [SyntaxNode, SyntaxNode]
  const value = compiler.compile(operand)
  if (operator.text !== '-')
    return compiler.refuse(operator, `expected <->, found <${operator.text}>`)
  const constant = compiler.constants.get(value)
  if (typeof constant === 'number') return compiler.constant(0 - constant)
  return frame => {
    const number = value(frame)
    return typeof number === 'number' ? 0 - number : fail(operand, 'to be a number', number)
  }
}
