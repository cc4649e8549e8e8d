import type { Actor } from '../context.ts'
import { CommandRefused, Stuck } from '../errors.ts'
import { openEventSubProcesses } from '../event-sub-process.ts'
import {
  type AdHocSubProcess,
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph
} from '../graph.ts'
import {
  isObjection,
  type Objection,
  type Standing,
  standingOf,
  type TaskPlace
} from '../people.ts'
import type { Run } from '../run.ts'
import type { Token, Variables, Wait } from '../state.ts'
import type { Behavior } from './behavior.ts'

/**
 * Lets people start the activities inside that no sequence flow leads to, as often as they see fit, one after
 * another or side by side; what a flow leads to goes on by itself. It is over when its condition says so
 * after an activity, or a person does. BPMN 2.0.2, 10.3.5 and 13.3.5.
 */
export const adHocSubProcess: Behavior<AdHocSubProcess> = {
  activate(run, node, token) {
    const chosen = chosenAtOnce(run, node, token)
    select(run, node, token)
    openEventSubProcesses(run, node.eventSubProcesses, token.id)
    const { nodes } = run.graphIn(token.scope)
    for (const id of node.starts) {
      if (!isActivity(nodes[id] as FlowNode)) run.send(id, token.id)
    }
    for (const id of chosen) run.send(id, token.id)
  },
  ended(run, _node, token) {
    run.finish(token, {})
  }
}

function select(run: Run, { id, level, role }: AdHocSubProcess, token: Token): void {
  const { now, office } = run.context
  const unit = office.line.find(each => each.level === level)
  if (unit === undefined) {
    throw new Stuck('no-unit', `office <${office.id}> has no ${level} above it for <${id}>`)
  }
  run.wait(token, { for: 'selection', role, unit: unit.id, since: now })
}

/** The activities that people may start. */
export function selectable(graph: ProcessGraph, { starts }: AdHocSubProcess): readonly ElementId[] {
  return starts.filter(id => isActivity(graph.nodes[id] as FlowNode))
}

function chosenAtOnce(run: Run, node: AdHocSubProcess, token: Token): readonly ElementId[] {
  if (node.activate === null) return []
  const where = `activities of <${node.id}> to start`
  const ids = run.evaluate(node.activate, run.lookup(token.id), where)
  const known = selectable(run.graphIn(token.scope), node)
  const all = Array.isArray(ids) ? ids : [ids]
  if (node.sequential && all.length > 1) {
    const found = `found ${JSON.stringify(ids)}`
    throw new Stuck(
      'expression',
      `${where}: ${node.activate}: expected one, as they are done one after another, ${found}`
    )
  }
  if (all.every(id => typeof id === 'string' && known.includes(id))) return all as ElementId[]
  throw new Stuck(
    'expression',
    `${where}: ${node.activate}: expected ids among ${known.join(', ')}, found ${JSON.stringify(ids)}`
  )
}

// commands ////////////////////////////////////////////////////////////////////

/** Starts an activity of an ad-hoc sub-process for a person. @throws CommandRefused */
export function startActivity(run: Run, token: Token, element: ElementId, given: Variables): void {
  const node = mustSelect(run, token)
  const known = selectable(run.graphIn(token.scope), node)
  if (!known.includes(element)) {
    throw new CommandRefused(
      'unknown-element',
      `expected an activity of <${node.id}> that people start (${known.join(', ')}), found <${element}>`
    )
  }
  const [running] = run.tokensIn(token.id)
  if (node.sequential && running !== undefined) {
    throw new CommandRefused(
      'not-waiting',
      `expected nothing else to run in <${node.id}>, which is done one after another; <${running.at}> does`
    )
  }
  run.send(element, token.id, { variables: given })
}

/** Ends an ad-hoc sub-process for a person. @throws CommandRefused */
export function endSelection(run: Run, token: Token): void {
  const node = mustSelect(run, token)
  if (node.completion !== null) {
    throw new CommandRefused(
      'not-allowed',
      `<${node.id}> ends by itself as soon as its condition holds: ${node.completion}`
    )
  }
  end(run, node, token)
}

function mustSelect(run: Run, token: Token): AdHocSubProcess {
  const node = run.nodeOf(token)
  const { wait } = token
  if (node.type !== 'adHocSubProcess' || wait?.for !== 'selection') {
    throw new Error(`expected <${node.id}> to wait for a selection`)
  }
  const { actor, findProcess } = run.context
  const graph = run.graphIn(token.scope)
  const answer = choosing({ state: run.state, graph, node, findProcess }, wait, actor)
  if (isObjection(answer)) throw new CommandRefused(answer.code, answer.message)
  const { onBehalfOf } = answer
  if (onBehalfOf !== null) {
    run.emit({ type: 'actedOnBehalf', token: token.id, element: node.id, of: [onBehalfOf] })
  }
  return node
}

/** Whether an actor may choose in an ad-hoc sub-process, and as whom: by the rules for tasks. */
export function choosing(
  place: Omit<TaskPlace, 'wait'>,
  { role, unit, since }: Extract<Wait, { readonly for: 'selection' }>,
  actor: Actor
): Standing | Objection {
  return standingOf({ ...place, wait: { for: 'user', role, unit, since, dueAt: null } }, actor)
}

// its end /////////////////////////////////////////////////////////////////////

/** Asks whether an ad-hoc sub-process is over, after an activity of it has completed. */
export function askWhetherOver(run: Run, token: Token): void {
  const node = run.nodeOf(token)
  if (node.type !== 'adHocSubProcess' || node.completion === null) return
  try {
    const where = `completion condition of <${node.id}>`
    if (run.holds(node.completion, run.lookup(token.id), where)) end(run, node, token)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    run.stuck(token, error, 'select')
  }
}

/** Takes up the selection again, and asks anew whether it is over. */
export function selectAgain(run: Run, token: Token): void {
  const node = run.nodeOf(token)
  if (node.type !== 'adHocSubProcess') throw new Error(`expected <${node.id}> to be ad hoc`)
  select(run, node, token)
  askWhetherOver(run, run.token(token.id) as Token)
}

function end(run: Run, node: AdHocSubProcess, token: Token): void {
  if (node.cancelRemaining) run.terminateInside(token.id)
  run.wait(token, { for: 'children' })
  run.closeWhenEmpty(token.id)
}
