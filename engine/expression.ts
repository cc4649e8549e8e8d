import { evaluate as evaluateFeel } from 'feelin'
import { InvalidData, Stuck } from './errors.ts'
import type { Problem } from './errors.ts'
import type { Value } from './state.ts'

/** A FEEL text, compiled. */
export interface Expression {
  readonly text: string
  /** The root variables that it reads. */
  readonly names: readonly string[]
  /** @throws ExpressionFailed */
  evaluate(lookup: (name: string) => unknown): Value
}

/** A FEEL text that may not be used; lists every problem with its place. */
export class ExpressionInvalid extends InvalidData {
  constructor(text: string, problems: readonly Problem[]) {
    super(`expression <${text}>`, problems)
    this.name = 'ExpressionInvalid'
  }
}

/** An expression met a value that it cannot work with. */
export class ExpressionFailed extends Stuck {
  constructor(message: string) {
    super('expression', message)
    this.name = 'ExpressionFailed'
  }
}

/** @throws ExpressionInvalid */
export function compileExpression(text: string): Expression {
  const feel = text.replace(/^\s*=/, '')
  const words = feel.replace(/"(\\.|[^"])*"/g, ' ').match(/(?<![\w.]\s*)[A-Za-z_]\w*/g) ?? []
  const names = [...new Set(words)].filter(name => !KEYWORDS.has(name))
  return {
    text,
    names,
    evaluate(lookup) {
      const context: Record<string, unknown> = {}
      for (const name of names) {
        const value = lookup(name)
        if (value !== undefined) context[name] = value
      }
      const { value, warnings } = evaluateFeel(feel, context)
      const [warning] = warnings
      if (warning) throw new ExpressionFailed(`${warning.message} in <${feel}>`)
      return JSON.parse(JSON.stringify(value)) as Value
    }
  }
}
const KEYWORDS = new Set(['if', 'then', 'else', 'and', 'or', 'not', 'true', 'false', 'null', 'in'])
