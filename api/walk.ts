import { applyTo, draftOf } from '../engine/apply.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../engine/graph.ts'
import type { Event } from '../engine/messages.ts'
import type { ProcessInstance, TokenId } from '../engine/state.ts'
import type { CommitRecord } from '../runtime/store.ts'

export type FindProcess = (process: ElementId, version: number | null) => ProcessGraph | null

/** One event of a history, and the element that it happened at. */
export interface Happening {
  readonly record: CommitRecord
  readonly event: Event
  readonly place: Place | null
  /** The process of the case as it stands then; null when it is not known any more. */
  readonly root: ProcessGraph | null
}
export interface Place {
  readonly graph: ProcessGraph
  readonly node: FlowNode
}

/** Goes through a history event by event, finding the element of each in the process it belongs to. */
export function* walk(
  history: readonly CommitRecord[],
  findProcess: FindProcess
): Generator<Happening> {
  const draft = draftOf(null)
  for (const record of history) {
    for (const event of record.events) {
      // an element that ends is still in the state before, one that begins only in the state after
      const before = tokenOf(event) === null ? null : placeOf(draft, tokenOf(event), findProcess)
      applyTo(draft, event)
      const place = before ?? placeOf(draft, tokenOf(event), findProcess)
      yield { record, event, place, root: graphIn(draft, null, findProcess) }
    }
  }
}

/** The element that a token rests on; null when its process is not known any more. */
export function placeOf(
  state: Pick<ProcessInstance, 'process' | 'processVersion' | 'tokens'>,
  token: TokenId | null,
  findProcess: FindProcess
): Place | null {
  const found = token === null ? undefined : state.tokens[token]
  if (found === undefined) return null
  const graph = graphIn(state, found.scope, findProcess)
  const node = graph?.nodes[found.at]
  return graph === null || node === undefined ? null : { graph, node }
}

/** The process whose elements the tokens inside a scope rest on. */
function graphIn(
  state: Pick<ProcessInstance, 'process' | 'processVersion' | 'tokens'>,
  scope: TokenId | null,
  findProcess: FindProcess
): ProcessGraph | null {
  for (let id = scope; id !== null; ) {
    const token = state.tokens[id]
    if (token === undefined) return null
    if (token.called !== null) return findProcess(token.called.process, token.called.version)
    id = token.scope
  }
  return findProcess(state.process, state.processVersion)
}

function tokenOf(event: Event): TokenId | null {
  switch (event.type) {
    case 'elementActivated':
      return event.token.id
    case 'operatorIntervened':
    case 'elementWaiting':
    case 'elementCompleted':
    case 'elementSkipped':
    case 'elementTerminated':
    case 'tokenConsumed':
    case 'jobRequested':
    case 'loopStarted':
    case 'loopAdvanced':
    case 'processCalled':
    case 'dueDateMoved':
    case 'ruleDecided':
    case 'incidentResolved':
    case 'errorThrown':
    case 'taskClaimed':
    case 'taskUnclaimed':
    case 'taskAssigned':
    case 'taskDelegated':
    case 'taskReturned':
    case 'taskPrioritized':
    case 'actedOnBehalf':
      return event.token
    default:
      return null
  }
}
