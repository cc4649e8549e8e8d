import { compileFeel } from './feel/compile.ts'
import { Frame } from './feel/frame.ts'
import { toJson } from './feel/values.ts'
import type { Value } from './state.ts'

export { ExpressionFailed, ExpressionInvalid } from './feel/errors.ts'

/** A FEEL text, compiled. */
export interface Expression {
  readonly text: string
  /**
   * The variables that it may read, without those that it brings up itself. A name inside a filter
   * is among them, although an item of the list may answer it.
   */
  readonly names: readonly string[]
  /**
   * Gives the value as JSON; dates, times and durations are ISO 8601 text. The lookup answers
   * undefined for a name that it does not know.
   *
   * @throws ExpressionFailed
   */
  evaluate(lookup: (name: string) => unknown): Value
}

/** Expressions come from diagrams and forms, of which there are few: this many are kept. */
const KEPT = 10_000
const compiled = new Map<string, Expression>()

/**
 * Compiles a FEEL text, once. A leading `=` is skipped.
 *
 * Numbers are JavaScript's: 0.1 + 0.2 is not 0.3, and results beyond the whole numbers that are
 * exact are refused. A missing variable or path raises, and so does every mismatch of types,
 * except that comparing a path with the word `null` asks whether it is there.
 *
 * @throws ExpressionInvalid
 */
export function compileExpression(text: string): Expression {
  const known = compiled.get(text)
  if (known) return known

  const expression = build(text)
  if (compiled.size >= KEPT) compiled.clear()
  compiled.set(text, expression)
  return expression
}

function build(text: string): Expression {
  // a space in its place keeps the columns of problems right
  const { run, slots, names, root, temporal } = compileFeel(text.replace(/^(\s*)=/, '$1 '))
  return {
    text,
    names,
    evaluate(lookup) {
      const value = run(new Frame(lookup, slots === 0 ? NONE : new Array<unknown>(slots)))
      return temporal ? toJson(value, root) : (value as Value)
    }
  }
}
const NONE: unknown[] = []
