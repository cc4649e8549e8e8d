import { endSelection, selectAgain, startActivity } from './behaviors/ad-hoc-sub-process.ts'
import type { Context } from './context.ts'
import { converse } from './correlation.ts'
import { missingOf, unset } from './data.ts'
import { CommandRefused, Stuck } from './errors.ts'
import { throwError } from './event-definitions/error.ts'
import { deliverSignal } from './event-definitions/signal.ts'
import { openEventSubProcesses } from './event-sub-process.ts'
import { type ElementId, type FlowNode, isActivity, type ProcessGraph } from './graph.ts'
import { begin, beginningsOf, plainStarts } from './instantiating.ts'
import type { Command, Effect, Event } from './messages.ts'
import { mustOperate } from './operate/duties.ts'
import { clockOf, versionAfter } from './operate/migrate.ts'
import { operate } from './operate/operate.ts'
import { holdWhileSuspended } from './operate/suspend.ts'
import { stateForIncident } from './operate/tokens.ts'
import { doOrSkip, isAsked } from './optional.ts'
import { mustBePlain } from './plain.ts'
import { takeCalendar } from './reckoning.ts'
import { Run } from './run.ts'
import { mayBegin, startersOf } from './starting.ts'
import type { ProcessInstance, Token, Variables } from './state.ts'
import { carryOutTask } from './tasks.ts'
import { trigger } from './trigger.ts'
import { waiting } from './waiting.ts'

/** What one command did. */
export interface Step {
  readonly state: ProcessInstance
  readonly events: readonly Event[]
  readonly effects: readonly Effect[]
}

/**
 * Carries out one command and runs on until every token rests.
 *
 * Pure: the same arguments always give the same result, so a step may be thrown away and repeated
 * when another writer was faster.
 *
 * @throws CommandRefused when the command does not fit the state
 */
export function step(
  graph: ProcessGraph,
  state: ProcessInstance | null,
  command: Command,
  context: Context
): Step {
  mustBePlain(command)
  const run = new Run(
    versionAfter(graph, command, context),
    state,
    clockOf(state, command, context)
  )
  if (command.type === 'start') start(run, graph, state, command)
  else {
    if (state === null) {
      throw new CommandRefused(
        'unknown-instance',
        `expected an instance to ${command.type}, found none`
      )
    }
    if (state.status !== 'running' && command.type !== 'restart') {
      throw new CommandRefused('not-running', `instance <${state.id}> is ${state.status}`)
    }
    if (!holdWhileSuspended(run, command)) carryOut(run, run.state, command)
  }
  run.settle()
  return { state: run.state, events: run.events, effects: run.effects }
}

type Running = Exclude<Command, { readonly type: 'start' }>

function carryOut(run: Run, state: ProcessInstance, command: Running): void {
  switch (command.type) {
    case 'completeUserTask':
    case 'claimTask':
    case 'unclaimTask':
    case 'assignTask':
    case 'delegateTask':
    case 'returnTask':
    case 'prioritizeTask':
      return carryOutTask(run, state, command)
    case 'completeJob':
      return run.finish(jobToken(state, command.job), command.variables)
    case 'failJob': {
      const token = jobToken(state, command.job)
      const { code, message } = command
      return run.stuck(token, new Stuck('job-failed', `${code}: ${message}`), 'activate')
    }
    case 'throwJobError':
      return throwError(run, jobToken(state, command.job), command.code, command.variables)
    case 'trigger': {
      const subscription = state.subscriptions[command.subscription]
      if (subscription === undefined) {
        throw new CommandRefused(
          'not-waiting',
          `instance <${state.id}> no longer waits for <${command.subscription}>`
        )
      }
      return trigger(run, subscription, command.variables)
    }
    case 'signal':
      if (deliverSignal(run, command.signal, command.variables) > 0) return
      throw new CommandRefused(
        'not-waiting',
        `instance <${state.id}> does not wait for signal <${command.signal}>`
      )
    case 'decide':
      return decide(run, waiting(state, command.token, 'decision'), command.decision)
    case 'failDecision': {
      const token = waiting(state, command.token, 'decision')
      const resume = isAsked(run, token) ? 'begin' : 'activate'
      return run.stuck(token, new Stuck(command.code, command.message), resume)
    }
    case 'resolveIncident':
      return resolveIncident(run, state, command)
    case 'startActivity': {
      const token = waiting(state, command.token, 'selection')
      return startActivity(run, token, command.element, command.variables)
    }
    case 'endSelection':
      return endSelection(run, waiting(state, command.token, 'selection'))
    case 'terminate':
      mustOperate(run, 'terminate this instance')
      run.terminateInside(null)
      run.unsubscribe(null)
      return run.emit({ type: 'instanceTerminated', reason: command.reason })
    case 'takeCalendar':
      mustOperate(run, 'reckon due dates anew')
      return takeCalendar(run)
    default:
      return operate(run, command, held => carryOut(run, run.state, held))
  }
}

// starting ////////////////////////////////////////////////////////////////////

function start(
  run: Run,
  graph: ProcessGraph,
  state: ProcessInstance | null,
  { instance, office, variables, element, part, release }: Extract<Command, { type: 'start' }>
): void {
  if (state !== null) {
    throw new CommandRefused('already-started', `instance <${instance}> is already there`)
  }
  const starts = startsOf(graph, element)
  mayStart(run, graph, starts)
  mustHaveData(graph, variables)
  run.emit({
    type: 'instanceStarted',
    instance,
    process: graph.id,
    processVersion: graph.version,
    office,
    release,
    variables: { ...unset(graph.declares), ...variables }
  })
  try {
    openEventSubProcesses(run, graph.eventSubProcesses, null)
    if (element !== null) {
      const begun = beginningsOf(graph).filter(each => each.element === element)
      const on = (begun.find(each => each.part === (part ?? null)) ?? begun[0])?.on
      if (on?.kind === 'message') converse(run, on.message, null, variables)
      begin(run, graph, element, part ?? null)
    }
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    throw new CommandRefused('invalid-variables', `<${graph.id}> cannot start: ${error.message}`)
  }
  if (element === null) run.startScope(null, starts)
}

/** A process begins with one of its input sets whole. BPMN 2.0.2, 10.4.1. */
function mustHaveData({ id, io }: ProcessGraph, variables: Variables): void {
  const missing = io === null ? null : missingOf(io.inputs, variables)
  if (missing === null) return
  throw new CommandRefused(
    'invalid-variables',
    `<${id}> cannot start without its data`,
    missing.map(name => ({
      path: `/${name}`,
      message: 'expected a value: the process asks for it'
    }))
  )
}

/** The named start event; without a name the ones that need no trigger. */
function startsOf(graph: ProcessGraph, element: ElementId | null): readonly ElementId[] {
  const plain = plainStarts(graph)
  const named = () => [...new Set([...plain, ...beginningsOf(graph).map(each => each.element)])]
  if (element !== null) {
    if (named().includes(element)) return [element]
    throw new CommandRefused(
      'unknown-element',
      `expected a start event of <${graph.id}> (${named().join(', ')}), found <${element}>`
    )
  }
  const events = plain.filter(id => graph.nodes[id]?.type === 'startEvent')
  if (events.length > 1 || (plain.length === 0 && graph.starts.length > 0)) {
    throw new CommandRefused(
      'unknown-element',
      `expected the name of a start event of <${graph.id}>: ${named().join(', ')}`
    )
  }
  return plain
}

/** A person starts what the lane of the start event allows; what an event begins, only an operator in its place. */
function mayStart(run: Run, graph: ProcessGraph, starts: readonly ElementId[]): void {
  const { actor, office } = run.context
  if (actor.kind !== 'person') return
  for (const id of starts) {
    if (
      !actor.roles.includes('operator') &&
      beginningsOf(graph).some(each => each.element === id)
    ) {
      throw new CommandRefused(
        'not-allowed',
        `expected its event, or an operator, to start <${graph.id}> at <${id}>`
      )
    }
    const { lane: laneId } = graph.nodes[id] as FlowNode
    const lane = laneId === null ? null : (graph.lanes[laneId] ?? null)
    if (mayBegin(lane, actor, office.line)) continue
    throw new CommandRefused(
      'not-allowed',
      `expected ${startersOf(lane, office.line)} to start <${graph.id}>`
    )
  }
}

// jobs //////////////////////////////////////////////////////////////

function jobToken(state: ProcessInstance, job: string): Token {
  for (const id in state.tokens) {
    const token = state.tokens[id] as Token
    if (token.wait?.for === 'job' && token.wait.job === job) return token
  }
  throw new CommandRefused('not-waiting', `no token of <${state.id}> waits for job <${job}>`)
}

// decisions and incidents /////////////////////////////////////////////////////

function decide(
  run: Run,
  token: Token,
  decision: Extract<Command, { type: 'decide' }>['decision']
): void {
  const node = run.nodeOf(token)
  const asked = isAsked(run, token)
  const { release } = run.state
  if (decision.rebinds && release !== null && decision.release !== release) {
    run.emit({ type: 'releaseRebound', from: release, to: decision.release, rule: decision.rule })
  }
  run.emit({ type: 'ruleDecided', token: token.id, element: node.id, decision })
  if (asked) return doOrSkip(run, token, decision)
  if (node.type !== 'businessRuleTask') throw new Error(`expected <${node.id}> to have a rule`)
  const { outcome } = decision
  if (node.result !== null) return run.finish(token, { [node.result]: outcome })
  const spread = outcome !== null && typeof outcome === 'object' && !Array.isArray(outcome)
  run.finish(token, spread ? (outcome as Variables) : {})
}

function resolveIncident(
  run: Run,
  state: ProcessInstance,
  { token: id, variables, reason }: Extract<Command, { type: 'resolveIncident' }>
): void {
  mustOperate(run, 'resolve an incident')
  const token = waiting(state, id, 'incident')
  stateForIncident(run, token, variables, reason)
  const { resume, by } = token.wait as Extract<Token['wait'], { for: 'incident' }>
  run.emit({ type: 'incidentResolved', token: id, element: token.at, reason })
  // what is stated must be seen where it was missing: in-mappings and flows look from outside
  const node = run.nodeOf(token)
  const instance = token.index !== null && isActivity(node) && node.multiInstance !== null
  const inside = resume === 'complete' || (resume === 'leave' && instance)
  run.set(inside ? id : token.scope, variables)
  const now = run.token(id) as Token
  switch (resume) {
    case 'begin':
      return run.begin(now, {})
    case 'activate':
      return run.activate(now, {})
    case 'complete':
      return run.finish(now, {}, by)
    case 'leave':
      return node.type === 'endEvent' ? run.proceed(now) : run.goOn(now, by)
    case 'select':
      return selectAgain(run, now)
    default:
      resume satisfies never
  }
}
