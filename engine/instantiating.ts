import { keysFor } from './correlation.ts'
import { CommandRefused } from './errors.ts'
import { subscribeTo } from './event-definitions/index.ts'
import {
  definitionsOf,
  type ElementId,
  type EventBasedGateway,
  type EventDefinition,
  type FlowNode,
  type ProcessGraph,
  type ReceiveTask,
  type SequenceFlow,
  type StartEvent
} from './graph.ts'
import type { Run } from './run.ts'
import type { Subscription, Variables } from './state.ts'
import { trigger } from './trigger.ts'

/** An event that begins an instance of a process when it happens. */
export interface Beginning {
  readonly element: ElementId
  readonly on: EventDefinition
  /** Which definition of a parallel multiple start event it is, from 0; null for every other event. */
  readonly part: number | null
  /** What has this event: its start event, instantiating gateway or instantiating receive task. */
  readonly group: StartEvent | EventBasedGateway | ReceiveTask
}

/** Whether a gateway or a receive task begins instances of its process. BPMN 2.0.2, 10.3.3 and 10.6.6. */
export function instantiates(node: FlowNode): node is EventBasedGateway | ReceiveTask {
  return (node.type === 'eventBasedGateway' || node.type === 'receiveTask') && node.instantiate
}

/**
 * Every event that begins an instance of a process: start events with a trigger, what stands behind an
 * instantiating event-based gateway, and instantiating receive tasks. BPMN 2.0.2, 13.5.1.
 */
export function beginningsOf({ starts, nodes, flows }: ProcessGraph): readonly Beginning[] {
  return starts.flatMap((id): readonly Beginning[] => {
    const group = nodes[id]
    if (group === undefined) return []
    if (group.type === 'startEvent') {
      return group.on.kind === 'none'
        ? []
        : eachOf({ element: id, on: group.on, part: null, group })
    }
    if (!instantiates(group)) return []
    if (group.type === 'receiveTask') return [{ element: id, on: group.message, part: null, group }]
    return group.outgoing.flatMap((flow): readonly Beginning[] => {
      const event = nodes[(flows[flow] as SequenceFlow).target]
      if (event?.type === 'receiveTask') {
        return [{ element: event.id, on: event.message, part: null, group }]
      }
      if (event?.type !== 'intermediateCatchEvent') return []
      return eachOf({ element: event.id, on: event.on, part: null, group })
    })
  })
}

/** Any of several definitions begins an instance. */
function eachOf({ element, on, group }: Beginning): readonly Beginning[] {
  const all = on.kind === 'multiple' && on.parallel
  return definitionsOf(on).map((each, index) => ({
    element,
    on: each,
    part: all ? index : null,
    group
  }))
}

/** What begins a process that is started without an event: never what instantiates it by one. */
export function plainStarts({ starts, nodes }: ProcessGraph): readonly ElementId[] {
  return starts.filter(id => {
    const node = nodes[id] as FlowNode
    return node.type === 'startEvent' ? node.on.kind === 'none' : !instantiates(node)
  })
}

/**
 * The messages that belong to one conversation with an event that begins an instance: when it and other
 * beginnings have correlation keys, an instance is created only if there is none of the conversation yet.
 * BPMN 2.0.2, 13.2 and 13.5.1. Empty when the event begins an instance for itself.
 */
export function conversationOf(graph: ProcessGraph, element: ElementId): readonly Beginning[] {
  const keyed = beginningsOf(graph).filter(({ on }) => isKeyed(graph, on))
  return keyed.length > 1 && keyed.some(each => each.element === element) ? keyed : []
}

/** Whether a message tells the conversation that it belongs to. */
export function isKeyed(graph: ProcessGraph, on: EventDefinition): boolean {
  return on.kind === 'message' && (on.key !== null || keysFor(graph, on.message).length > 0)
}

/**
 * Begins an instance by an event that has happened. Behind a parallel gateway the others must happen too;
 * of each other gateway or receive task of the conversation one event must, and start events may.
 *
 * @throws Stuck when the key of the conversation cannot be read
 */
export function begin(
  run: Run,
  graph: ProcessGraph,
  element: ElementId,
  part: number | null = null
): void {
  const first = beginningsOf(graph).find(each => each.element === element)
  if (first === undefined) return run.startScope(null, [element])
  const conversation = conversationOf(graph, element)
  for (const { on, element: other } of conversation) {
    subscribeTo(run, on, { element: other, token: null, scope: null, part: null })
  }
  const { group } = first
  const via = group.outgoing.find(flow => graph.flows[flow]?.target === element) ?? null
  if (group.type === 'startEvent') sendStart(run, group, part, {})
  else run.send(element, null, { via, happened: true })
  if (group.type === 'eventBasedGateway' && group.parallel) {
    for (const flow of group.outgoing) if (flow !== via) run.take(flow, null)
  }
  const others = new Set(conversation.map(each => each.group))
  for (const other of others) {
    if (other !== group && other.type !== 'startEvent') run.send(other.id, null)
  }
}

/**
 * A message of the conversation that began this instance comes again: whoever waits for it takes it, and
 * a start event puts a token on its way.
 *
 * @throws CommandRefused when nobody waits for it any more
 */
export function continueConversation(
  run: Run,
  { id, element, on }: Subscription,
  payload: Variables
): void {
  const same = Object.values(run.state.subscriptions).find(
    open =>
      open.token !== null &&
      open.on.kind === 'message' &&
      on.kind === 'message' &&
      open.on.message === on.message &&
      open.on.key === on.key
  )
  if (same !== undefined) return trigger(run, same, payload)
  const node = run.node(element, null)
  if (node.type === 'startEvent') return sendStart(run, node, partFor(node, on), payload)
  throw new CommandRefused(
    'not-waiting',
    `<${element}> no longer waits for <${id}>: its event has happened, or another one behind its gateway`
  )
}

/** Puts a token on a start event whose event has happened; when it was one of several, it waits for the others. */
function sendStart(run: Run, node: StartEvent, part: number | null, payload: Variables): void {
  const waits = node.on.kind === 'multiple' && node.on.parallel && part !== null
  run.send(node.id, null, { payload, happened: !waits })
  if (!waits) return
  run.afterwards(() => {
    const open = Object.values(run.state.subscriptions).findLast(
      each => each.token !== null && each.element === node.id && each.part === part
    )
    if (open !== undefined) trigger(run, open, payload)
  })
}

/** Which definition of a parallel multiple start event a message is about, or null. */
function partFor({ on }: StartEvent, came: Subscription['on']): number | null {
  if (on.kind !== 'multiple' || !on.parallel || came.kind !== 'message') return null
  const isIt = (each: EventDefinition) => each.kind === 'message' && each.message === came.message
  const part = on.of.findIndex(isIt)
  return part < 0 ? null : part
}
