import type { ElementId } from '../engine/graph.ts'
import type { Variables } from '../engine/state.ts'
import { isConversing, waitingFor } from './correlating.ts'
import { type Door, type Parts, type Start, SYSTEM } from './door.ts'
import { isTaken } from './publishing.ts'
import type { Subscriber } from './store.ts'

/** A message as it looks for the instance of its conversation. */
export interface Sought {
  readonly id: string
  readonly message: string
  readonly keys: readonly string[]
  readonly variables: Variables
}

/**
 * The processes that have an instance in the conversation of a message, whether or not it has taken the
 * message already: such a process is not begun once more.
 */
export async function conversing(
  { store }: Pick<Parts, 'store'>,
  { message, keys }: Pick<Sought, 'message' | 'keys'>
): Promise<ReadonlySet<ElementId>> {
  const there = await waitingFor({ store }, message, keys, '')
  const states = await Promise.all(there.map(({ instance }) => store.load(instance)))
  return new Set(states.flatMap(state => (state === null ? [] : [state.process])))
}

/**
 * Begins an instance with a message of a conversation, or gives it to the one that another message of the
 * same conversation has begun in the meantime. BPMN 2.0.2, 13.5.1. Says whether it was taken.
 */
export function beginOrJoin(
  parts: Parts,
  door: Door,
  start: Start,
  sought: Sought
): Promise<boolean> {
  const { process } = start
  return door.inTurn(`conversation ${process} ${sought.keys.join(' ')}`, async () => {
    const others = await conversing(parts, sought)
    const busy = others.has(process) || (await isConversing(parts, process, sought.keys))
    // where another process on the same store was faster, its instance is the partner
    if (!busy && (await isTaken(door.start(start)))) return true
    const partner = await partnerOf(parts, start, sought)
    if (partner === null) return false
    const { instance, subscription } = partner
    const command = { type: 'trigger', subscription, variables: sought.variables } as const
    return isTaken(door.execute({ instance, command, by: SYSTEM, receives: sought.id }))
  })
}

async function partnerOf(
  { store }: Parts,
  { process }: Start,
  { message, keys, id }: Sought
): Promise<Subscriber | null> {
  for (const each of await waitingFor({ store }, message, keys, id)) {
    const state = await store.load(each.instance)
    if (state?.process === process) return each
  }
  return null
}
