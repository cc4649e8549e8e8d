import type { Compiler } from './compiler.ts'
import { nameOf } from './forms.ts'
import type { Frame, Run } from './frame.ts'
import type { SyntaxNode } from './syntax.ts'
import { fail } from './values.ts'

/** How many whole numbers a range of `some` and `every` may have. */
const LONGEST_RANGE = 1000

/** Compiles `some … satisfies` and `every … satisfies`. */
export function compileQuantified(compiler: Compiler, node: SyntaxNode): Run {
  const [quantifier, iterations, condition] = node.children as [SyntaxNode, SyntaxNode, SyntaxNode]
  const some = quantifier.name === 'some'
  const outer = compiler.scopes.length
  const loops = iterations.children.map(({ children: [name, range] }) => {
    const items = iteration(compiler, range!)
    const slot = compiler.slots++
    compiler.scopes.push({ kind: 'name', name: nameOf(name!), slot })
    return { items, slot }
  })
  const test = compiler.boolean(condition)
  compiler.scopes.length = outer

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

function iteration(compiler: Compiler, node: SyntaxNode): (frame: Frame) => readonly unknown[] {
  const [from, to] = node.children as [SyntaxNode, SyntaxNode?]
  const run = compiler.compile(from)
  if (!to) {
    return frame => {
      const list = run(frame)
      return Array.isArray(list) ? list : fail(from, 'to be a list', list)
    }
  }
  const [first, last] = [run, compiler.compile(to)].map(end => compiler.constants.get(end))
  const whole = Number.isInteger(first) && Number.isInteger(last)
  const count = whole ? Math.abs((last as number) - (first as number)) + 1 : Infinity
  if (count > LONGEST_RANGE) {
    const limit = `at most ${LONGEST_RANGE} whole numbers written out`
    compiler.refuse(node, `expected a list, or a range of ${limit}, found <${node.label}>`)
    return () => []
  }
  const step = (last as number) < (first as number) ? -1 : 1
  const numbers = Array.from({ length: count }, (_, index) => (first as number) + index * step)
  return () => numbers
}
