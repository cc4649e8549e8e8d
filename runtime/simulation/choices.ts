import type { Actor } from '../../engine/context.ts'
import { isActivity } from '../../engine/graph.ts'
import type { Token } from '../../engine/state.ts'
import type { Instance, World } from './world.ts'

/** Starts every activity of an ad-hoc sub-process once, in the order of the diagram, then ends it. */
export class Choices {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** An ad-hoc sub-process waits for somebody to choose. */
  begin(instance: Instance, token: string): void {
    const { graph, node } = this.#world.placed(instance, token)
    if (node.type !== 'adHocSubProcess' || instance.choices.has(token)) return
    const activities = node.starts.filter(id => {
      const inside = graph.nodes[id]
      return inside !== undefined && isActivity(inside)
    })
    instance.choices.set(token, [...activities])
  }

  /** What an instance may choose now. */
  goOn(instance: Instance): void {
    for (const token of instance.choices.keys())
      this.#world.agenda.put(this.#world.now, () => this.#choose(instance, token))
  }

  async #choose(instance: Instance, id: string): Promise<void> {
    const token = instance.state?.tokens[id]
    const todo = instance.choices.get(id)
    if (
      token?.wait?.for !== 'selection' ||
      todo === undefined ||
      !this.#world.isRunning(instance)
    ) {
      instance.choices.delete(id)
      return
    }
    const actor = chooser(token)
    const { node } = this.#world.placed(instance, id)
    const isBusy = Object.values(instance.state?.tokens ?? {}).some(({ scope }) => scope === id)
    const inOrder = node.type === 'adHocSubProcess' && node.sequential
    if (isBusy && (inOrder || todo.length === 0)) return
    const element = todo.shift()
    if (element === undefined) {
      instance.choices.delete(id)
      return this.#world.execute(instance, { type: 'endSelection', token: id }, actor)
    }
    const command = { type: 'startActivity', token: id, element, variables: {} } as const
    return this.#world.execute(instance, command, actor)
  }
}

function chooser({ wait }: Token): Actor {
  const { role = null, unit = null } = wait?.for === 'selection' ? wait : {}
  const id = role ?? 'anyone'
  return { id, name: id, kind: 'person', unit, roles: role === null ? [] : [role] }
}
