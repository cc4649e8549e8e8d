import { functions } from './functions.ts'
import type { SyntaxNode } from './syntax.ts'

/** Whether a part always gives true or false, by its form alone. */
export function isCondition(node: SyntaxNode): boolean {
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
export function nameOf(node: SyntaxNode): string {
  return node.children.length > 0
    ? node.children.map(({ text }) => text).join(' ')
    : node.text.replace(/\s+/g, ' ')
}

/** What a string literal says. */
export function textOf(literal: string): string {
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
