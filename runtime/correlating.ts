import { anyOf, textsOf } from '../engine/correlation.ts'
import { compileExpression } from '../engine/expression.ts'
import { definitionsOf, type ElementId, type ProcessGraph } from '../engine/graph.ts'
import type { Event } from '../engine/messages.ts'
import type { Instant, Variables } from '../engine/state.ts'
import { addDuration } from '../engine/time.ts'
import type { Parts } from './door.ts'
import type { Subscriber } from './store.ts'

/** Stands in the place of a message's name in the rows of the conversations that an instance is in. */
export const CONVERSATION = 'urn:alur:conversation'

/** The keys by which a message is looked for: its own and those that are read from what it carries. */
export interface Keys {
  readonly exact: readonly string[]
  /** Those of subscriptions whose conversation has not begun: one of them is begun by the message. */
  readonly open: readonly string[]
  /** The keys that each process reads from it, by process. */
  readonly conversations: ReadonlyMap<ElementId, readonly string[]>
}

/** Reads the keys of a message as the processes that are deployed say it. BPMN 2.0.2, 8.4.2. */
export function keysOf(
  { library }: Pick<Parts, 'library'>,
  {
    message,
    key,
    variables
  }: { readonly message: string; readonly key: string; readonly variables: Variables }
): Keys {
  const exact = new Set(key === '' ? [] : [key])
  const open = new Set<string>()
  const conversations = new Map<ElementId, readonly string[]>()
  for (const graph of library.processes) {
    const read = readFrom(graph, message, variables)
    if (read.length === 0) continue
    conversations.set(
      graph.id,
      read.map(({ text }) => text)
    )
    for (const { key, text } of read) {
      exact.add(text)
      open.add(anyOf(key))
    }
  }
  return { exact: [...exact], open: [...open], conversations }
}

export function readFrom(graph: ProcessGraph, message: string, variables: Variables) {
  if (graph.correlations.length === 0) return []
  return textsOf(graph, message, variables, (text, lookup) =>
    compileExpression(text).evaluate(lookup)
  )
}

/** What the row of a conversation is found by: the process, and the value of its key. */
export function conversationKey(process: ElementId, text: string): string {
  return `${process} ${text}`
}

/** The conversations that events have begun for a process itself, by their rows. */
export function beganBy(
  events: readonly Event[],
  { id }: ProcessGraph
): readonly Pick<Subscriber, 'message' | 'key'>[] {
  return events.flatMap(event =>
    event.type === 'conversationBegun' && event.scope === null
      ? [{ message: CONVERSATION, key: conversationKey(id, event.text) }]
      : []
  )
}

/** Who waits for a message by one of several keys, each instance once, where it has waited longest. */
export async function waitingFor(
  { store }: Pick<Parts, 'store'>,
  message: string,
  keys: readonly string[],
  publication: string
): Promise<readonly Subscriber[]> {
  const found = await Promise.all(keys.map(key => store.subscribers(message, key, publication)))
  const first = new Map<string, Subscriber>()
  for (const each of found.flat()) {
    if (!first.has(each.instance)) first.set(each.instance, each)
  }
  return [...first.values()]
}

/**
 * Until when a message is kept that nobody waits for yet: as long as its sender says, else as long as the
 * events and receive tasks say that will wait for it.
 */
export function keptUntil(
  { library }: Pick<Parts, 'library'>,
  message: string,
  timeToLive: string | null,
  at: Instant
): Instant {
  if (timeToLive !== null) return addDuration(at, timeToLive, 'UTC')
  const times = library.processes
    .flatMap(graph => patienceOf(graph).get(message) ?? [])
    .map(each => addDuration(at, each, 'UTC'))
  return [at, ...times].sort().at(-1) as Instant
}

/** How long what catches a message says that it is kept, by message. */
function patienceOf(graph: ProcessGraph): ReadonlyMap<string, readonly string[]> {
  const known = patience.get(graph)
  if (known) return known
  const found = new Map<string, string[]>()
  for (const node of Object.values(graph.nodes)) {
    const throws = node.type === 'intermediateThrowEvent' || node.type === 'endEvent'
    const all =
      node.type === 'receiveTask'
        ? [node.message]
        : 'on' in node && !throws
          ? definitionsOf(node.on)
          : []
    for (const on of all) {
      if (on.kind !== 'message' || on.timeToLive === null) continue
      found.set(on.message, [...(found.get(on.message) ?? []), on.timeToLive])
    }
  }
  patience.set(graph, found)
  return found
}
const patience = new WeakMap<ProcessGraph, ReadonlyMap<string, readonly string[]>>()

/** Whether a process has an instance in one of these conversations already. */
export async function isConversing(
  { store }: Pick<Parts, 'store'>,
  process: ElementId,
  texts: readonly string[]
): Promise<boolean> {
  for (const text of texts) {
    const there = await store.subscribers(CONVERSATION, conversationKey(process, text), '')
    if (there.length > 0) return true
  }
  return false
}
