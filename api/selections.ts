import { choosing, selectable } from '../engine/behaviors/ad-hoc-sub-process.ts'
import type { Actor, Context } from '../engine/context.ts'
import type { FlowNode, ProcessGraph } from '../engine/graph.ts'
import { isObjection } from '../engine/people.ts'
import type { ProcessInstance, Token } from '../engine/state.ts'
import type { SelectionView } from './schemas.ts'

/** An ad-hoc sub-process as it is shown to somebody; null when a token is not on one, or it is over. */
export function selectionOf(
  state: ProcessInstance,
  { id, wait }: Token,
  { graph, node }: { readonly graph: ProcessGraph; readonly node: FlowNode },
  actor: Actor,
  {
    findProcess,
    roleLabel
  }: Pick<Context, 'findProcess'> & {
    readonly roleLabel: (unit: string, role: string) => string
  }
): SelectionView | null {
  if (node.type !== 'adHocSubProcess' || wait?.for !== 'selection') return null
  const inside = Object.values(state.tokens).filter(({ scope }) => scope === id)
  const running = (element: string) => inside.filter(({ at }) => at === element).length
  const fits = !isObjection(choosing({ state, graph, node, findProcess }, wait, actor))
  return {
    token: id,
    element: node.id,
    name: node.name === '' ? node.id : node.name,
    nameEnglish: node.english,
    roleLabel: wait.role === null ? '' : roleLabel(wait.unit, wait.role),
    documentation: node.documentation,
    activities: selectable(graph, node).map(element => {
      const activity = graph.nodes[element] as FlowNode
      return {
        element,
        name: activity.name === '' ? element : activity.name,
        nameEnglish: activity.english,
        running: running(element)
      }
    }),
    sequential: node.sequential,
    endedByPeople: node.completion === null,
    cancels: node.cancelRemaining,
    mayChoose: fits && state.status === 'running' && state.suspended == null
  }
}
