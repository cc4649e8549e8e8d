import type { Context } from './context.ts'
import type { FlowNode, ProcessGraph } from './graph.ts'
import type { ProcessInstance, Token } from './state.ts'

/**
 * The process and the element that a token rests on. Inside a call activity that is the called
 * process, not the one that the instance was started with.
 */
export function placeOf(
  graph: ProcessGraph,
  state: ProcessInstance,
  token: Token,
  findProcess: Context['findProcess']
): { readonly graph: ProcessGraph; readonly node: FlowNode } {
  const around = graphAround(graph, state, token, findProcess)
  const node = around.nodes[token.at]
  if (node === undefined)
    throw new Error(`expected <${around.id}> to have an element <${token.at}>`)
  return { graph: around, node }
}

function graphAround(
  graph: ProcessGraph,
  state: ProcessInstance,
  token: Token,
  findProcess: Context['findProcess']
): ProcessGraph {
  for (let id = token.scope; id !== null; ) {
    const scope = state.tokens[id] as Token
    if (scope.called !== null) {
      const called = findProcess(scope.called.process, scope.called.version)
      if (called === null) throw new Error(`process <${scope.called.process}> is not deployed`)
      return called
    }
    id = scope.scope
  }
  return graph
}
