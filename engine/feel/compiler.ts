import type { Run } from './frame.ts'
import type { SyntaxNode } from './syntax.ts'

/** A name that the expression brings up itself, or the item that a filter looks at. */
export type Scope =
  | { readonly kind: 'name'; readonly name: string; readonly slot: number }
  | { readonly kind: 'item'; readonly slot: number }

/** What the compilers of the parts of an expression share. */
export interface Compiler {
  /** The names that are known here, the innermost last. */
  readonly scopes: Scope[]
  /** Parts that always give the same, so that they are reckoned once. */
  readonly constants: ReadonlyMap<Run, unknown>
  /** How many slots a frame needs so far. */
  slots: number
  /** Set when the result may hold dates, times or durations. */
  temporal: boolean
  compile(node: SyntaxNode): Run
  /** Compiles a part that must give true or false; anything else is said, never taken for false. */
  boolean(node: SyntaxNode): Run
  constant(value: unknown): Run
  /** Notes a problem, and stands in for the part. */
  refuse(node: SyntaxNode, message: string): Run
}
