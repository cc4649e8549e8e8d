import type { FlowNode } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token, Variables } from '../state.ts'

/** What an element does. It speaks only the verbs of `Run`. */
export interface Behavior<Node extends FlowNode> {
  /**
   * Runs when a token has come to rest on the element, and again when an incident is resolved.
   * `payload` holds what an event brought; it is empty otherwise.
   */
  activate(run: Run, node: Node, token: Token, payload: Variables): void
  /** Runs when nothing is left inside: for elements that are the scope of others. */
  ended?(run: Run, node: Node, token: Token): void
  /** Runs when what an element has thrown has done what it waited for. */
  proceed?(run: Run, node: Node, token: Token): void
}
