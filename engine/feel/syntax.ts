import { parser } from 'lezer-feel'
import type { Problem } from '../errors.ts'

/** A part of an expression, as the grammar of lezer-feel names it. */
export interface SyntaxNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly text: string
  /** The text on one line and not too long, for messages. */
  readonly label: string
  /** Without keywords and punctuation. */
  readonly children: readonly SyntaxNode[]
}

/** How long a text may be, and how deep its parts may be nested. */
export const LONGEST = 20_000
const DEEPEST = 150

/** Words and signs that carry no meaning beyond the node that they stand in. */
const SILENT = new Set([
  ...['(', ')', '[', ']', '{', '}', '.', '..', 'if', 'then', 'else', 'and', 'or', 'in', 'between'],
  ...['instance', 'of', 'satisfies', 'for', 'return', 'LineComment', 'BlockComment']
])
const expressions = parser.configure({ top: 'Expression' })

/** Parses a FEEL text; the tree is null when it does not hold together. */
export function parse(text: string): { tree: SyntaxNode | null; problems: readonly Problem[] } {
  if (text.length > LONGEST) {
    const message = `expected a text of at most ${LONGEST} characters, found ${text.length}`
    return { tree: null, problems: [{ path: '1:1', message }] }
  }
  const problems: Problem[] = []
  const root = { children: [] as SyntaxNode[] }
  const stack: { children: SyntaxNode[] }[] = [root]
  let tooDeep = false

  const cursor = expressions.parse(text).cursor()
  cursor.iterate(
    ({ name, type, from, to }) => {
      if (type.isError) {
        // beyond a part that was left out everything looks wrong
        if (!tooDeep) problems.push(syntaxProblem(text, from, to))
        return false
      }
      if (SILENT.has(name)) return false
      if (stack.length > DEEPEST) {
        if (!tooDeep) {
          const message = `expected parts nested at most ${DEEPEST} deep`
          problems.push({ path: placeOf(text, from), message })
        }
        tooDeep = true
        return false
      }
      const node = new Part(text, name, from, to)
      stack.at(-1)!.children.push(node)
      stack.push(node)
      return true
    },
    () => {
      stack.pop()
    }
  )
  return { tree: problems.length === 0 ? root.children[0]! : null, problems }
}

class Part implements SyntaxNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly children: SyntaxNode[] = []
  readonly #source: string
  constructor(source: string, name: string, from: number, to: number) {
    this.#source = source
    this.name = name
    this.from = from
    this.to = to
  }
  get text(): string {
    return this.#source.slice(this.from, this.to)
  }
  get label(): string {
    const line = this.text.replace(/\s+/g, ' ')
    return line.length > 100 ? `${line.slice(0, 100)}…` : line
  }
}

/** Line and column of a place in a text, both from 1. */
export function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')
  return `${lines.length}:${lines.at(-1)!.length + 1}`
}

function syntaxProblem(text: string, from: number, to: number): Problem {
  const path = placeOf(text, from)
  if (to > from) return { path, message: `cannot read <${text.slice(from, to).slice(0, 40)}> here` }
  const rest = text.slice(from).trim()
  const message = rest
    ? `expected something more before <${rest.slice(0, 40)}>`
    : 'expected the expression to go on, found its end'
  return { path, message }
}
